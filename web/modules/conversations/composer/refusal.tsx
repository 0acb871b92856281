import ArrowUp from 'lucide-react/icons/arrow-up';
import type { Message } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { authorOf } from '../../customers/index.ts';
import { usePerson } from '../../workspace/index.ts';
import { showMessage } from '../timeline/show-message.ts';

interface Props {
  error: unknown;
  onTake: () => void;
  /** With the number of the newest message that stood before the author's eyes. */
  onSendAnyway: (lookedAt: number) => void;
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
  const newerIds: readonly unknown[] = stale && Array.isArray(data.newMessageIds) ? data.newMessageIds : [];
  const newer = useNewer(newerIds);
  const [first] = newer;
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
          {first && (
            <Button small icon={ArrowUp} onClick={() => showMessage(first.id)}>
              {t('composer.showNewer', { count: newer.length })}
            </Button>
          )}
          {stale && newer.length === newerIds.length && (
            <Button small onClick={() => onSendAnyway(typeof data.lastSeq === 'number' ? data.lastSeq : 0)}>
              {t('composer.readAndSend')}
            </Button>
          )}
          <Button small look="ghost" onClick={onDismiss}>
            {general('close')}
          </Button>
        </span>
      }
    >
      <strong>
        {lost && holder && !isProblem(error, 'conversations.customer_already_served') ? t('composer.heldBy', { name: holder.name }) : title}
      </strong>{' '}
      {help}
      {first && <Newer messages={newer} />}
    </Banner>
  );
}

/** What came in meanwhile, oldest first. */
const useNewer = (ids: readonly unknown[]): Message[] =>
  useRecords<Message, Message[]>('message', (all) => all.filter(({ id }) => ids.includes(id)).toSorted((a, b) => a.at.localeCompare(b.at)));

/** Who wrote, when, and how it begins, so that one knows what the own answer would pass over. */
function Newer({ messages }: { messages: readonly Message[] }) {
  const { brief } = useFormats();
  return (
    <ul className="mt-1.5 flex max-h-48 flex-col gap-1.5 overflow-y-auto">
      {messages.map(({ id, author, at, text }) => (
        <li key={id} className="rounded-md border border-line bg-surface px-2.5 py-1.5 text-text">
          <span className="font-semibold">{authorOf({ author })}</span> <span className="text-xs text-muted">{brief(at)}</span>
          <p dir="auto" className="line-clamp-3 break-words whitespace-pre-wrap">
            {text}
          </p>
        </li>
      ))}
    </ul>
  );
}
