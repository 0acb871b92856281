import X from 'lucide-react/icons/x';
import { useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { type BulkInput, bulkChange } from '../api.ts';
import { AssignDialog } from '../desk/changes/assign-dialog.tsx';
import { TagsDialog } from '../desk/changes/tags-dialog.tsx';
import { WhenDialog } from '../desk/changes/when-dialog.tsx';

/** What can be done with all picked rows; each succeeds or fails by itself, and the failures are named. */
export function BulkBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const t = useText('conversations');
  const [opened, setOpened] = useState<'assign' | 'tags' | 'snooze' | null>(null);
  const apply = async (change: BulkInput): Promise<void> => {
    try {
      const results = await bulkChange(ids, change);
      const failed = results.filter(({ code }) => code !== null);
      if (failed.length > 0)
        notify({
          tone: 'problem',
          title: t('bulk.partly', { count: failed.length }),
          text: failed.map(({ id }) => records.get<Conversation>('conversation', id)?.subject ?? '').join(', '),
        });
      else notify({ title: t('bulk.done', { count: results.length }) });
      onClear();
    } catch (error) {
      refused(error);
    }
  };
  return (
    <div
      role="toolbar"
      aria-label={t('bulk.label')}
      className="flex flex-wrap items-center gap-1 border-b border-line bg-info-soft px-3 py-1.5"
    >
      <span role="status" className="mr-auto font-medium text-info-text">
        {t('bulk.count', { count: ids.length })}
      </span>
      <Button small onClick={() => setOpened('assign')}>
        {t('keys.assign')}
      </Button>
      <Button small onClick={() => setOpened('tags')}>
        {t('keys.tags')}
      </Button>
      <Button small onClick={() => setOpened('snooze')}>
        {t('keys.snooze')}
      </Button>
      <Button small onClick={() => void apply({ step: 'classify_spam' })}>
        {t('step.classify_spam')}
      </Button>
      <IconButton small icon={X} label={t('bulk.clear')} onClick={onClear} />
      {opened === 'assign' && (
        <AssignDialog
          onClose={() => setOpened(null)}
          onAssign={(assigneeId, teamId) => void apply({ assigneeId, ...(teamId ? { teamId } : {}) })}
        />
      )}
      {opened === 'tags' && <TagsDialog tags={[]} onClose={() => setOpened(null)} onSave={(tags) => void apply({ tags })} />}
      {opened === 'snooze' && (
        <WhenDialog
          title={t('snooze.title')}
          confirm={t('keys.snooze')}
          onClose={() => setOpened(null)}
          onPick={(snoozedUntil) => void apply({ snoozedUntil })}
        />
      )}
    </div>
  );
}
