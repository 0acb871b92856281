import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'routing.begins_in_the_past': {
    status: 422,
    title: 'Service levels cannot begin in the past.',
    help: 'Let them begin now, by leaving the time out, or later. Nothing was saved.',
  },
  'routing.team_unknown': {
    status: 422,
    title: 'A team in the service levels does not exist any more.',
    help: 'Load the page again and choose another team. Nothing was saved.',
  },
});
