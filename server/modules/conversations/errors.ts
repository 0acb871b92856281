import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'conversations.already_claimed': {
    status: 409,
    title: 'Somebody else is working on this conversation.',
    help: 'See who, ask them, or choose another; nothing was changed.',
  },
  'conversations.conflict_of_interest': {
    status: 409,
    title: 'This conversation is for somebody else: a conflict of interest was noted.',
    help: 'Take another one; whoever leads the team knows more. Nothing was changed.',
  },
  'conversations.assignee_has_conflict': {
    status: 422,
    title: 'This person must not get this conversation: a conflict of interest was noted.',
    help: 'Choose somebody else. Nothing was changed.',
  },
  'conversations.person_unknown': {
    status: 422,
    title: 'The person you chose does not work here any more.',
    help: 'Choose somebody else. Nothing was saved.',
  },
  'conversations.customer_already_served': {
    status: 409,
    title: 'A colleague is serving this customer right now in another conversation.',
    help: 'Join or ask the colleague named, so that the customer gets one answer.',
  },
  'conversations.nothing_free': {
    status: 409,
    title: 'Nothing in this view is free any more.',
    help: 'Colleagues are on everything in it, or it is empty. Choose another view, or ask again when something new arrives; nothing was changed.',
  },
  'conversations.nothing_but_resting': {
    status: 409,
    title: 'What is free here rests while something more urgent is on.',
    help: 'Choose another view, or take something from the list yourself; nothing was changed. What is near due is given out all the same.',
  },
  'conversations.nothing_for_your_skills': {
    status: 409,
    title: 'What is free here takes skills that you do not have.',
    help: 'Choose another view, or take something from the list yourself if you can do it; nothing was changed. Whoever manages people can give you the skill.',
  },
  'conversations.claim_lost': {
    status: 409,
    title: 'You no longer hold this conversation.',
    help: 'Your text is kept as a draft. Look at what changed and take the conversation again.',
  },
  'conversations.stale_view': {
    status: 412,
    title: 'Something new arrived since you last looked.',
    help: 'Your text is kept as a draft. Read what is new, then decide again.',
  },
  'conversations.text_too_long': {
    status: 422,
    title: 'The text is longer than one message holds.',
    help: 'Shorten it, or attach it as a file. What was last saved as a draft is kept.',
  },
  'conversations.no_recipient': { status: 422, title: 'The message has nobody to go to.', help: 'Add at least one recipient.' },
  'conversations.recipient_invalid': {
    status: 422,
    title: 'An address is none that this channel can reach.',
    help: 'Correct the addresses named; your text is kept as a draft and nothing was sent.',
  },
  'conversations.team_unknown': {
    status: 422,
    title: 'There is no such team at work.',
    help: 'Choose a team that is not archived; nothing was changed.',
  },
  'conversations.empty_message': { status: 422, title: 'The message is empty.', help: 'Write something or attach a file.' },
  'conversations.channel_cannot_start': {
    status: 422,
    title: 'This channel does not let us write first.',
    help: 'Choose another way to reach the customer.',
  },
  'conversations.channel_cannot_reply': {
    status: 422,
    title: 'This conversation’s account can send nothing at the moment.',
    help: 'Your text is kept as a draft. Ask an administrator to switch the account on again.',
  },
  'conversations.attachment_missing': {
    status: 422,
    title: 'An attachment is not there any more.',
    help: 'Upload it again; your text is kept.',
  },
  'conversations.attachment_infected': {
    status: 422,
    title: 'The virus scanner found something in this file.',
    help: 'The file stays locked. Ask the sender for another copy if it matters.',
  },
  'conversations.attachment_unscanned': {
    status: 409,
    title: 'The virus scanner has not looked at this file yet.',
    help: 'Try again in a moment.',
  },
  'conversations.nothing_to_decide': {
    status: 409,
    title: 'This message waits for no decision.',
    help: 'Somebody may have decided, or news of it may have come. Look at where it stands now; nothing was sent.',
  },
  'conversations.already_sent': { status: 409, title: 'The message has already left.', help: 'Write another message to correct it.' },
  'conversations.draft_newer': {
    status: 409,
    title: 'This draft was changed in another window.',
    help: 'Both texts are kept; choose which one goes on.',
  },
  'conversations.assignee_cannot_read': {
    status: 422,
    title: 'That person may not answer customers.',
    help: 'Choose an adviser, or a team.',
  },
  'conversations.mention_cannot_read': {
    status: 422,
    title: 'Somebody mentioned may not read this conversation.',
    help: 'Take the persons named out of the text, or ask a colleague of the team to mention them. Your text is kept; nothing was written.',
  },
  'conversations.other_customer': {
    status: 422,
    title: 'These conversations belong to different customers.',
    help: 'Merge the customers first, once it is proven that they are one.',
  },
  'conversations.split_in_use': {
    status: 409,
    title: 'Somebody has already worked in the split conversation.',
    help: 'Merge it back instead.',
  },
});
