import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'cases.reason_needed': {
    status: 403,
    title: 'This case is not yours.',
    help: 'Give a reason to read it; reading is recorded. Nothing of it was shown.',
  },
  'cases.merged_away': {
    status: 409,
    title: 'This case was joined into another one.',
    help: 'Go on in the case named; nothing was changed.',
  },
  'cases.owner_unknown': {
    status: 422,
    title: 'This person cannot own it.',
    help: 'Choose somebody who works here now; nothing was changed.',
  },
  'cases.topic_unknown': { status: 422, title: 'This topic does not exist.', help: 'Load the topics again and choose one.' },
  'cases.topic_exists': { status: 409, title: 'A topic with this key exists.', help: 'Choose another key or change the existing topic.' },
  'cases.topic_loop': { status: 422, title: 'A topic cannot lie below itself.', help: 'Choose another place in the tree.' },
  'cases.topic_retired': {
    status: 422,
    title: 'This topic is not used any more.',
    help: 'Choose another one, or bring it back first. Your input was not saved.',
  },
  'cases.topic_has_parts': {
    status: 409,
    title: 'Topics below this one are still in use.',
    help: 'Retire or move those first; nothing was changed.',
  },
  'cases.topic_stays': {
    status: 409,
    title: 'This topic stays, at the top of the tree.',
    help: 'It catches what fits nowhere else. Its name and its department can be changed; nothing was changed.',
  },
  'cases.too_many_facts': {
    status: 422,
    title: 'This case has as many facts as it can hold.',
    help: 'Remove facts that no longer matter.',
  },
  'cases.commitment_needs_date': {
    status: 422,
    title: 'A commitment needs a date.',
    help: 'Say until when; “soon” or “next week” is no date. Your text was not saved.',
  },
  'cases.due_in_past': { status: 422, title: 'This date has passed.', help: 'Choose a date in the future that you can keep.' },
  'cases.informing_message_unknown': {
    status: 422,
    title: 'This message does not show that the customer was told.',
    help: 'Name a message of this case that was sent to the customer, or say how they were told.',
  },
  'cases.already_superseded': {
    status: 409,
    title: 'This statement was already replaced.',
    help: 'Look at the newer statement first, then replace that one if need be.',
  },
  'cases.handover_pending': {
    status: 409,
    title: 'This case is being handed over at the moment.',
    help: 'Wait until it is accepted or comes back; nothing was changed.',
  },
  'cases.handover_limit': {
    status: 409,
    title: 'This case was handed over before; it has an owner who stays.',
    help: 'Ask the owner or a lead to hand it over, or bring in an expert by a note.',
  },
  'cases.receiver_unknown': {
    status: 422,
    title: 'Nobody there can take this case.',
    help: 'Choose an adviser or a team that takes cases.',
  },
  'cases.receiver_is_sender': { status: 422, title: 'You cannot hand a case over to yourself.', help: 'Choose somebody else.' },
  'cases.conversation_not_yours': {
    status: 409,
    title: 'You do not hold this conversation.',
    help: 'Take it first, or ask whoever holds it to hand it over; nothing was changed.',
  },
  'cases.conversation_elsewhere': {
    status: 422,
    title: 'This conversation does not belong to the case.',
    help: 'Load the case again and choose one of its conversations.',
  },
  'cases.brief_unread': {
    status: 409,
    title: 'The brief has to be read before accepting.',
    help: 'Read it, so that the customer need not tell anything twice.',
  },
  'cases.not_resolvable': {
    status: 409,
    title: 'This case cannot be resolved yet.',
    help: 'See the reasons; keep, make good or release what is owed, and tell the customer. Your summary was not saved.',
  },
  'cases.other_customer': {
    status: 422,
    title: 'These cases belong to different customers.',
    help: 'Merge the customers first, once it is proven that they are one.',
  },
  'cases.same_case': { status: 422, title: 'A case cannot be joined into itself.', help: 'Choose another case.' },
  'cases.nothing_left': {
    status: 422,
    title: 'A split must leave at least one conversation.',
    help: 'Choose fewer conversations.',
  },
  'cases.undo_blocked': {
    status: 409,
    title: 'Later changes stand on this one.',
    help: 'Undo the later merge or split first; nothing was changed.',
  },
  'cases.page_unavailable': {
    status: 404,
    title: 'This link leads nowhere any more.',
    help: 'Write to us, best by answering our last message; nothing of what you sent before is lost.',
  },
  'cases.page_code_wrong': {
    status: 422,
    title: 'This code is not right.',
    help: 'Look at the newest message with a code and try again.',
  },
  'cases.page_code_over': {
    status: 409,
    title: 'This code does not count any more.',
    help: 'Ask for a new one; only the newest counts, for ten minutes and five attempts.',
  },
  'cases.page_code_limit': {
    status: 429,
    title: 'Enough codes were sent for now.',
    help: 'Try again in an hour, or answer our last message.',
  },
  'cases.page_no_code': {
    status: 409,
    title: 'We cannot send a code at the moment.',
    help: 'Try again later, or answer our last message. What the page shows without a code stays there.',
  },
  'cases.page_busy': {
    status: 429,
    title: 'Much came by this page within the last hour.',
    help: 'What you sent is with us. Wait a while before you send more; your text stays where you wrote it.',
  },
  'cases.no_page': {
    status: 409,
    title: 'This customer has no page.',
    help: 'It needs a channel that carries links, an address of theirs in the conversation, and the company’s setting.',
  },
  'cases.nothing_kept_by_duty': {
    status: 422,
    title: 'Nothing of this person is kept by a duty of the law.',
    help: 'Name another purpose, or lift the restriction. Nothing was shown.',
  },
});
