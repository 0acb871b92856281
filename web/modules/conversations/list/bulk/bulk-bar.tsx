import X from 'lucide-react/icons/x';
import { Suspense } from 'react';
import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { records } from '../../../../platform/store/app-store.ts';
import { useRecords } from '../../../../platform/store/use-records.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { ResolveManyDialog } from '../../../cases/index.ts';
import { AssignDialog } from '../../desk/changes/assign-dialog.tsx';
import { TagsDialog } from '../../desk/changes/tags-dialog.tsx';
import { WhenDialog } from '../../desk/changes/when-dialog.tsx';
import { commonTags, commonTeam, sameFor, tagged } from './bulk.ts';
import { type BulkDialog, bulkKeys } from './bulk-keys.ts';
import { useBulk } from './use-bulk.ts';

interface Props {
  ids: readonly string[];
  /** Which dialog is open: the list opens it by key, which may come before this bar is there. */
  opened: BulkDialog | null;
  onOpen: (what: BulkDialog | null) => void;
  onAll: (() => void) | undefined;
  onClear: () => void;
}

/** What can be done with all picked rows, by button or by the keys that do it for one. */
export function BulkBar({ ids, opened, onOpen, onAll, onClear }: Props) {
  const t = useText('conversations');
  const rows = useRecords<Conversation, Conversation[]>('conversation', () =>
    ids.flatMap((id) => records.get<Conversation>('conversation', id) ?? []),
  );
  const bulk = useBulk(rows, onClear);
  const close = (): void => onOpen(null);
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.label')}
      className="flex flex-wrap items-center gap-1 border-t border-line bg-info-soft px-3 py-1.5"
    >
      <span role="status" className="font-medium text-info-text">
        {t('bulk.count', { count: rows.length })}
      </span>
      {onAll && (
        <button type="button" className="min-h-6 px-1 text-info-text underline" onClick={onAll}>
          {t('bulk.all')}
        </button>
      )}
      <IconButton small icon={X} label={t('bulk.clear')} onClick={onClear} className="ml-auto" />
      <div className="flex w-full flex-wrap gap-1">
        {bulkKeys.map(([what]) => (
          <Button key={what} small onClick={() => onOpen(what)}>
            {t(`keys.${what}`)}
          </Button>
        ))}
        <Button small onClick={() => void bulk.apply(sameFor(rows, { step: 'classify_spam' }))}>
          {t('step.classify_spam')}
        </Button>
      </div>
      {opened === 'assign' && (
        <AssignDialog
          onClose={close}
          onAssign={(assigneeId, teamId) => void bulk.apply(sameFor(rows, { assigneeId, ...(teamId ? { teamId } : {}) }))}
        />
      )}
      {opened === 'tags' && (
        <TagsDialog
          tags={commonTags(rows)}
          hint={t('bulk.tagsHint')}
          onClose={close}
          onSave={(tags) => void bulk.apply(tagged(rows, tags))}
        />
      )}
      {opened === 'snooze' && (
        <WhenDialog
          title={t('snooze.title')}
          confirm={t('keys.snooze')}
          teamId={commonTeam(rows)}
          onClose={close}
          onPick={(snoozedUntil) => void bulk.apply(sameFor(rows, { snoozedUntil }))}
        />
      )}
      {opened === 'resolve' && (
        <Suspense>
          <ResolveManyDialog
            conversations={rows}
            onResolved={bulk.resolved}
            onClose={(allDone) => {
              close();
              if (allDone) onClear();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
