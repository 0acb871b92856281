import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'routing.begins_in_the_past': {
    status: 422,
    title: 'Service levels cannot begin in the past.',
    help: 'Let them begin now, by leaving the time out, or later. Nothing was saved.',
  },
  'routing.team_unknown': {
    status: 422,
    title: 'A team that you chose does not exist any more.',
    help: 'Load the page again and choose another team. Nothing was saved.',
  },
  'routing.topic_unknown': {
    status: 422,
    title: 'A topic that you chose does not exist.',
    help: 'Load the page again and choose another topic. Nothing was saved.',
  },
  'routing.skill_unknown': {
    status: 422,
    title: 'A skill that you chose does not exist any more.',
    help: 'Load the page again and choose another skill, or add it first. Nothing was saved.',
  },
  'routing.offer_over': {
    status: 409,
    title: 'This is not offered to you any more.',
    help: 'It was taken, or its time is over and it went on to somebody else. Nothing was changed.',
  },
  'routing.queue_twice': {
    status: 422,
    title: 'A queue is in the list twice.',
    help: 'Give each queue an id of its own. Nothing was saved.',
  },
});
