import type { Message } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { usePerson } from '../../workspace/index.ts';

interface Props {
  error: unknown;
  onTake: () => void;
  onSendAnyway: () => void;
  onDismiss: () => void;
}

/** Why a send was refused, what was kept and what can be done; the text stays in the field. */
export function Refusal({ error, onTake, onSendAnyway, onDismiss }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const data = isProblem(error) ? error.data : {};
  const holder = usePerson(typeof data.holderId === 'string' ? data.holderId : typeof data.personId === 'string' ? data.personId : null);
  const { title, help } = problemText(error);
  const lost = isProblem(error, 'conversations.claim_lost', 'conversations.already_claimed', 'conversations.customer_already_served');
  const stale = isProblem(error, 'conversations.stale_view');
  return (
    <Banner
      live
      tone={lost || stale ? 'warn' : 'problem'}
      className="mx-3 mt-2"
      action={
        // A line of their own: beside the text they would squeeze it.
        <span className="flex basis-full flex-wrap justify-end gap-2">
          {lost && !holder && (
            <Button small onClick={onTake}>
              {t('claim.take')}
            </Button>
          )}
          {stale && (
            <Button small onClick={onSendAnyway}>
              {t('composer.readAndSend')}
            </Button>
          )}
          <Button small look="ghost" onClick={onDismiss}>
            {general('close')}
          </Button>
        </span>
      }
    >
      <strong>{lost && holder ? t('composer.heldBy', { name: holder.name }) : title}</strong> {help}
      {stale && <Newer ids={Array.isArray(data.newMessageIds) ? data.newMessageIds : []} />}
    </Banner>
  );
}

/** What came in meanwhile: who wrote, when, and how it begins, so that one knows what the own answer would pass over. */
function Newer({ ids }: { ids: readonly unknown[] }) {
  const { brief } = useFormats();
  const newer = useRecords<Message, Message[]>('message', (all) =>
    all.filter(({ id }) => ids.includes(id)).toSorted((a, b) => a.at.localeCompare(b.at)),
  );
  if (newer.length === 0) return null;
  return (
    <ul className="mt-1.5 flex max-h-48 flex-col gap-1.5 overflow-y-auto">
      {newer.map(({ id, author, at, text }) => (
        <li key={id} className="rounded-md border border-line bg-surface px-2.5 py-1.5 text-text">
          <span className="font-semibold">{author.name}</span> <span className="text-xs text-muted">{brief(at)}</span>
          <p dir="auto" className="line-clamp-3 break-words whitespace-pre-wrap">
            {text}
          </p>
        </li>
      ))}
    </ul>
  );
}
