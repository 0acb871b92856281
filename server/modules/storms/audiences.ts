import type { Audiences } from '../../platform/module.ts';

const everybody = () => ({ streams: ['workspace'] });
const team = ({ data: { teamId } }: { data: { teamId: string | null } }) => ({ streams: teamId ? [`team:${teamId}`] : [] });

export const audiences: Audiences = {
  'storms.proposed': everybody,
  'storms.proposal_closed': everybody,
  'storms.declared': everybody,
  'storms.changed': everybody,
  'storms.text_written': everybody,
  'storms.text_approved': everybody,
  'storms.mentioned': team,
  'storms.exception_recorded': team,
  'storms.ended': everybody,
  'storms.reviewed': everybody,
};
