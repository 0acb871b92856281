import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'workspace.last_admin': {
    status: 409,
    title: 'This person is the last active administrator.',
    help: 'Make somebody else an administrator first; nothing was changed.',
  },
});
