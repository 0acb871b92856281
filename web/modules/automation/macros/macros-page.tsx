import { useQuery, useQueryClient } from '@tanstack/react-query';
import Layers from 'lucide-react/icons/layers';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import type { Macro } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { refused } from '../../../platform/refused.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { Page, useRight, useTeams } from '../../workspace/index.ts';
import { macrosQuery, on } from '../api.ts';
import { useSentences } from '../words/use-sentences.ts';
import { MacroDialog } from './macro-dialog.tsx';
import { useOwners } from './use-owners.ts';

/** Steps that are taken again and again, for those who write them down. */
export default function MacrosPage() {
  const t = useText('automation');
  const query = useQuery(macrosQuery);
  const mayWrite = useRight('edit_macros');
  const [edited, setEdited] = useState<Macro | 'new' | null>(null);
  return (
    <Page
      title={t('macrosTitle')}
      intro={t('macros.intro')}
      actions={
        mayWrite && (
          <Button look="primary" icon={Plus} onClick={() => setEdited('new')}>
            {t('macros.add')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Layers} title={t('macros.none')}>
              {t('macros.noneHint')}
            </EmptyState>
          ) : (
            <ul aria-label={t('macrosTitle')} className="overflow-hidden rounded-lg border border-line bg-surface">
              {items.map((macro) => (
                <Row key={macro.id} macro={macro} mayWrite={mayWrite} onEdit={() => setEdited(macro)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited && <MacroDialog macro={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function Row({ macro, mayWrite, onEdit }: { macro: Macro; mayWrite: boolean; onEdit: () => void }) {
  const t = useText('automation');
  const client = useQueryClient();
  const say = useSentences();
  const owners = useOwners();
  const { id, name, teamId, actions, text, benefit } = macro;
  const team = useTeams().find((one) => one.id === teamId);
  const mayEdit = mayWrite && owners.some(({ value }) => value === (teamId ?? ''));
  const again = () => client.invalidateQueries({ queryKey: macrosQuery.queryKey });
  // Gone at once; back with one press, as a new one, because what is gone stays gone in every other window.
  const remove = async (): Promise<void> => {
    await call(on.dropMacro, { id });
    await again();
    const { version: _old, changedBy: _by, changedAt: _at, ...fields } = macro;
    const bringBack = () => call(on.saveMacro, { ...fields, id: crypto.randomUUID(), version: 0 }).then(again);
    notify({
      title: t('macros.removed', { name }),
      milliseconds: 10_000,
      action: { label: t('macros.bringBack'), run: () => void bringBack().catch(refused) },
    });
  };
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-0">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="font-medium break-words">
            {name}
          </span>
          <Badge>{team ? team.name : t('macros.everybody')}</Badge>
        </h2>
        {actions.length > 0 && <p>{actions.map(say.action).join(t('and'))}</p>}
        {(text.de || text.en) && <p className="text-muted">{t('macros.hasText')}</p>}
        <p className="text-muted">
          <span className="font-medium">{t('benefit')}</span> {benefit}
        </p>
      </div>
      {mayEdit && (
        <span className="flex shrink-0 gap-1">
          <IconButton small icon={Pencil} label={t('macros.change', { name })} onClick={onEdit} />
          <IconButton small icon={Trash} label={t('macros.remove', { name })} onClick={() => void remove().catch(refused)} />
        </span>
      )}
    </li>
  );
}
