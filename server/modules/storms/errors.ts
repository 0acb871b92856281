import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'storms.about_nothing': {
    status: 422,
    title: 'It is not said what the storm is about.',
    help: 'Choose a topic or a queue, or write a word that customers use. Nothing was saved.',
  },
  'storms.about_unknown': {
    status: 422,
    title: 'The topic or a queue does not exist any more.',
    help: 'Choose again. Nothing was saved.',
  },
  'storms.from_too_early': {
    status: 422,
    title: 'The beginning lies too far back, or in the future.',
    help: 'Choose a time within the last 48 hours. Nothing was saved.',
  },
  'storms.owner_unknown': {
    status: 422,
    title: 'Whoever should see to it does not work here any more.',
    help: 'Choose somebody else. Nothing was saved.',
  },
  'storms.benefit_missing': {
    status: 422,
    title: 'What the customer gains by it is missing.',
    help: 'Write it down in a sentence. Nothing was saved.',
  },
  'storms.queue_concerned': {
    status: 422,
    title: 'The queue that the storm is about cannot rest.',
    help: 'Let other queues rest: whoever waits in this one is to get an answer soon. Nothing was saved.',
  },
  'storms.over': {
    status: 409,
    title: 'This storm is over.',
    help: 'What was written stays as it is. Declare a new one if it goes on. Nothing was changed.',
  },
  'storms.not_over': {
    status: 409,
    title: 'This storm is still on.',
    help: 'End it first; its review is written afterwards. Nothing was saved.',
  },
  'storms.text_empty': {
    status: 422,
    title: 'The text is empty.',
    help: 'Write it in at least one language. Nothing was saved.',
  },
  'storms.own_text': {
    status: 403,
    title: 'Whoever wrote a text does not approve it.',
    help: 'Ask a second person who leads. Nothing was changed.',
  },
  'storms.for_people': {
    status: 403,
    title: 'Only a person writes and approves what customers are told.',
    help: 'Sign in and do it yourself. Nothing was changed.',
  },
  'storms.still_waiting': {
    status: 409,
    title: 'Some who wrote still wait for an answer.',
    help: 'Answer them, or record why they get none. Nothing was changed.',
  },
});
