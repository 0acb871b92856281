import Reply from 'lucide-react/icons/reply';
import type { Address, Message } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { addressOf } from '../../customers/index.ts';

export const addressText = ({ name, address }: Address): string => (name ? `${name} <${address}>` : addressOf(address));

/** Sender and receivers: one line, all of it on demand. */
export function Recipients({ message }: { message: Message }) {
  const t = useText('conversations');
  const lines = [
    ['from', message.from ? [message.from] : []],
    ['to', message.to],
    ['cc', message.cc],
    ['bcc', message.bcc],
    ['replyTo', message.replyTo ?? []],
  ] as const;
  const everybody = [...message.to, ...message.cc, ...message.bcc];
  if (everybody.length === 0 && !message.from) return null;
  return (
    <>
      <Diverted message={message} />
      <details className="px-3 text-xs text-muted">
        <summary className="inline-block max-w-full truncate rounded-sm py-1 hover:text-text">
          {addressOf(message.from?.address ?? '')} → {everybody.map(({ address }) => addressOf(address)).join(', ') || '–'}
        </summary>
        <dl className="mb-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
          {lines
            .filter(([, list]) => list.length > 0)
            .map(([name, list]) => (
              <div key={name} className="col-span-2 grid grid-cols-subgrid">
                <dt>{t(`recipients.${name}`)}</dt>
                <dd dir="auto" className="text-left break-all">
                  {list.map(addressText).join(', ')}
                </dd>
              </div>
            ))}
          {message.subject && (
            <div className="col-span-2 grid grid-cols-subgrid">
              <dt>{t('recipients.subject')}</dt>
              <dd dir="auto" className="text-left">
                {message.subject}
              </dd>
            </div>
          )}
        </dl>
      </details>
    </>
  );
}

/** Never folded away: an answer led elsewhere is how a forged mail gets at what the customer asked. */
function Diverted({ message }: { message: Message }) {
  const t = useText('conversations');
  if (!message.replyTo?.length) return null;
  return (
    <p className="flex gap-1 px-3 pt-1 text-xs text-warn-text">
      <Reply aria-hidden className="size-4 shrink-0" />
      <span className="break-all">{t('recipients.diverted', { addresses: message.replyTo.map(({ address }) => address).join(', ') })}</span>
    </p>
  );
}
