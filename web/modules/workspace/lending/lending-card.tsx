import { useQuery } from '@tanstack/react-query';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import type { Helper } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { queries } from '../../../platform/realtime/live.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { personName, useTeams } from '../session.ts';
import { LendingDialog } from './lending-dialog.tsx';
import { lentQuery } from './lending-query.ts';

/** Who helps out for some hours where one leads, and letting somebody do so. */
export function LendingCard() {
  const t = useText('workspace');
  const query = useQuery(lentQuery);
  const [isLending, setLending] = useState(false);
  const end = useAction(async ({ teamId, personId }: Helper) => {
    queries.setQueryData(lentQuery.queryKey, await call(on.returnHelper, { id: teamId, personId }));
  });
  return (
    <Card
      title={t('helpers.title')}
      hint={t('helpers.hint')}
      actions={
        <Button small onClick={() => setLending(true)}>
          {t('helpers.add')}
        </Button>
      }
    >
      <ProblemBanner problem={end.problem} />
      <Loaded query={query} lines={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{t('helpers.none')}</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {items.map((helper) => (
                <Line key={`${helper.teamId} ${helper.personId}`} helper={helper} onEnd={() => void end.run(helper)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isLending && <LendingDialog onClose={() => setLending(false)} />}
    </Card>
  );
}

function Line({ helper: { personId, teamId, until }, onEnd }: { helper: Helper; onEnd: () => void }) {
  const t = useText('workspace');
  const { when } = useFormats();
  const team = useTeams().find(({ id }) => id === teamId)?.name ?? '–';
  const name = personName(personId);
  return (
    <li className="flex items-center gap-2">
      <span className="min-w-0">{t('helpers.line', { name, team, until: when(until) })}</span>
      <IconButton small icon={X} label={t('helpers.end', { name })} onClick={onEnd} />
    </li>
  );
}
