import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StormProposal } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useTopicName } from '../../cases/index.ts';
import { Card } from '../../workspace/index.ts';
import { on } from '../api.ts';
import { StormDialog } from './storm-dialog.tsx';

/** What looks like a storm by count; somebody who leads says whether it is one. */
export function Proposals({ proposals }: { proposals: readonly StormProposal[] }) {
  const t = useText('storms');
  const [confirmed, setConfirmed] = useState<StormProposal | null>(null);
  if (proposals.length === 0) return null;
  return (
    <Card title={t('proposals.title')} hint={t('proposals.hint')}>
      <ul aria-label={t('proposals.title')} className="flex flex-col gap-3">
        {proposals.map((proposal) => (
          <Line key={proposal.id} proposal={proposal} onConfirm={() => setConfirmed(proposal)} />
        ))}
      </ul>
      {confirmed && <StormDialog storm={null} proposal={confirmed} onClose={() => setConfirmed(null)} />}
    </Card>
  );
}

function Line({ proposal: { id, topicId, at, count, expected, bound }, onConfirm }: { proposal: StormProposal; onConfirm: () => void }) {
  const t = useText('storms');
  const { when, number } = useFormats();
  const client = useQueryClient();
  const topic = useTopicName()(topicId) ?? t('gone');
  const dismiss = useAction(async () => {
    await call(on.dismiss, { id });
    await client.invalidateQueries({ queryKey: ['storms'] });
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">
          <bdi>{topic}</bdi>
        </p>
        <p className="text-muted">
          {t('proposals.why', { count, expected: number(Math.round(expected)), bound: number(bound), when: when(at) })}
        </p>
      </div>
      <Button small look="primary" onClick={onConfirm}>
        {t('proposals.confirm', { topic })}
      </Button>
      <Button small busy={dismiss.isBusy} onClick={() => void dismiss.run()}>
        {t('proposals.dismiss', { topic })}
      </Button>
      <ProblemBanner problem={dismiss.problem} className="basis-full" />
    </li>
  );
}
