import type { ReactNode } from 'react';
import type { ArchivedCase, ArchivedMessage, ArchivePage } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { OrderView } from '../../orders/index.ts';
import { PersonName } from '../../workspace/index.ts';

/** What is kept of somebody restricted, to be read and nothing more: mails as plain text, files by name. */
export function ArchiveView({ pages }: { pages: readonly ArchivePage[] }) {
  const t = useText('customers');
  const { full } = useFormats();
  const notes = pages.flatMap((page) => page.notes);
  const cases = pages.flatMap((page) => page.cases);
  const orders = pages.flatMap((page) => page.orders);
  const messages = pages.flatMap((page) => page.messages);
  if (notes.length + cases.length + orders.length + messages.length === 0) return <p>{t('data.archive.empty')}</p>;
  return (
    <>
      {notes.length > 0 && (
        <Part title={t('data.archive.notes')}>
          {notes.map((note) => (
            <Entry key={note.id} text={note.text}>
              <PersonName id={note.authorId} /> · {full(note.at)}
            </Entry>
          ))}
        </Part>
      )}
      {cases.length > 0 && (
        <Part title={t('data.archive.cases')}>
          {cases.map((kase) => (
            <Case key={kase.id} kase={kase} />
          ))}
        </Part>
      )}
      {orders.length > 0 && (
        <Part title={t('data.archive.orders')}>
          {orders.map((order) => (
            <li key={order.id} className="rounded-md border border-line px-3 py-2">
              <OrderView order={order} />
            </li>
          ))}
        </Part>
      )}
      {messages.length > 0 && (
        <Part title={t('data.archive.messages')}>
          {messages.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      <ul className="flex flex-col gap-2">{children}</ul>
    </section>
  );
}

/** One thing that was written, with who wrote it and when above it. */
function Entry({ text, title, more, children }: { text: string; title?: string; more?: ReactNode; children: ReactNode }) {
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <p className="text-xs break-words text-muted">{children}</p>
      {title && (
        <p dir="auto" className="font-medium break-words">
          {title}
        </p>
      )}
      {text && (
        <p dir="auto" className="written break-words whitespace-pre-wrap">
          {text}
        </p>
      )}
      {more}
    </li>
  );
}

function Case({ kase }: { kase: ArchivedCase }) {
  const t = useText('customers');
  const { date } = useFormats();
  const lines = [
    ...(kase.wish ? [{ key: 'wish', label: t('data.archive.wish'), value: kase.wish }] : []),
    ...kase.facts.map(({ label, value }, n) => ({ key: `fact ${n}`, label, value })),
    ...kase.statements.map(({ id, saidAt, text }) => ({ key: id, label: t('data.archive.told', { date: date(saidAt) }), value: text })),
    ...kase.briefs.map(({ id, at, brief }) => ({
      key: id,
      label: t('data.archive.brief', { date: date(at) }),
      value: [
        brief.who,
        brief.concern,
        ...(brief.facts ?? []).map((fact) => `${fact.label}: ${fact.value}`),
        brief.done,
        brief.promised,
        brief.openQuestion,
        brief.wish,
      ]
        .filter(Boolean)
        .join('\n'),
    })),
  ].filter(({ value }) => value);
  return (
    <Entry
      text=""
      title={kase.subject}
      more={
        <dl>
          {lines.map(({ key, label, value }) => (
            <div key={key} className="mt-1">
              <dt className="text-xs text-muted">{label}</dt>
              <dd dir="auto" className="break-words whitespace-pre-wrap">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      }
    >
      {kase.number}
    </Entry>
  );
}

function Message({ message }: { message: ArchivedMessage }) {
  const t = useText('customers');
  const { full } = useFormats();
  const { author, to, quoted, files } = message;
  return (
    <Entry
      text={message.text}
      title={message.subject}
      more={
        <>
          {quoted && (
            <details className="mt-1">
              <summary className="w-fit cursor-pointer text-muted">{t('data.archive.quoted')}</summary>
              <p dir="auto" className="break-words whitespace-pre-wrap text-muted">
                {quoted}
              </p>
            </details>
          )}
          {files.length > 0 && (
            <p className="mt-1 text-xs break-words text-muted">{t('data.archive.files', { names: files.join(', ') })}</p>
          )}
        </>
      }
    >
      {t(`data.archive.${message.kind === 'note' ? 'note' : message.direction === 'in' ? 'incoming' : 'outgoing'}`)} ·{' '}
      {author.personId ? <PersonName id={author.personId} /> : author.name}
      {to.length > 0 && ` → ${to.join(', ')}`} · {full(message.at)}
    </Entry>
  );
}
