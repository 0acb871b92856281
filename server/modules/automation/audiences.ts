import type { Audiences } from '../../platform/module.ts';

export const audiences: Audiences = {
  'automation.rules_changed': () => ({ streams: ['workspace'] }),
  'automation.rule_fired': ({ data: { teamId } }) => ({ streams: teamId ? [`team:${teamId}`] : [] }),
  'automation.macro_changed': () => ({ streams: ['workspace'] }),
};
