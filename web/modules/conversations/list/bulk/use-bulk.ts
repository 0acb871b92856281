import type { Conversation } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { refused } from '../../../../platform/refused.ts';
import { notify } from '../../../../ui/overlay/notify.ts';
import { bulkChange, claim } from '../../api.ts';
import { type Each, requestsFor, undoOf } from './bulk.ts';

/** Changes for many at once; each succeeds or fails by itself, the failures are named, and what was done can be taken back. */
export function useBulk(rows: readonly Conversation[], onDone: () => void) {
  const t = useText('conversations');
  const general = useText('platform');
  const change = async (each: Each, done: (count: number) => void): Promise<string[]> => {
    const answers = await Promise.allSettled(requestsFor(each).map((request) => bulkChange(request.ids, request.change)));
    const results = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const lost = answers.find((answer) => answer.status === 'rejected');
    if (lost) refused(lost.reason);
    const failed = results.filter(({ code }) => code !== null);
    if (failed.length > 0) notify({ tone: 'problem', title: t('bulk.partly', { count: failed.length }), text: subjectsOf(failed) });
    const changed = results.filter(({ code }) => code === null).map(({ id }) => id);
    if (changed.length > 0) done(changed.length);
    return changed;
  };
  const subjectsOf = (some: readonly { id: string }[]): string =>
    some.map(({ id }) => rows.find((row) => row.id === id)?.subject || t('desk.noSubject')).join(', ');
  const putBack = (undo: Each): void => void change(undo, (count) => notify({ title: t('bulk.undone', { count }) }));
  return {
    apply: async (each: Each): Promise<void> => {
      const undo = undoOf(rows, each);
      const changed: string[] = await change(each, (count) =>
        notify({
          title: t('bulk.done', { count }),
          action: { label: general('undo'), run: () => putBack(new Map([...undo].filter(([id]) => changed.includes(id)))) },
        }),
      );
      onDone();
    },
    /** Whoever takes a resolution back is on it again. */
    resolved: (ids: readonly string[]): void => {
      notify({
        title: t('bulk.resolved', { count: ids.length }),
        action: { label: general('undo'), run: () => void Promise.all(ids.map((id) => claim(id, 'take'))).catch(refused) },
      });
    },
  };
}
