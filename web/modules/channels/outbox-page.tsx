import { useQuery } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import Paperclip from 'lucide-react/icons/paperclip';
import Send from 'lucide-react/icons/send';
import { Fragment, useEffect, useState } from 'react';
import { channelsEndpoints as on } from '../../../contract/channels.ts';
import { addressOf, call } from '../../platform/api/call.ts';
import { clientProblem, problemFrom } from '../../platform/api/problem.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages, usePages } from '../../platform/pages.tsx';
import { onEvents } from '../../platform/realtime/live.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../workspace/index.ts';

/** What would have left the house: for trying things out, and for demonstrations without a mail server. */
export default function OutboxPage() {
  const t = useText('channels');
  const { full, when } = useFormats();
  const query = usePages(['channels', 'outbox'], (paging) => call(on.localOutbox, paging));
  const { refetch } = query;
  // What is sent while one looks appears by itself, as everywhere.
  useEffect(() => onEvents((events) => events.some(({ type }) => type === 'conversations.delivery_changed') && void refetch()), [refetch]);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Page wide title={t('admin.outbox')} intro={t('outbox.intro')}>
      <Loaded query={query}>
        {({ items }) => {
          const shown = open ?? items[0]?.id ?? null;
          return items.length === 0 ? (
            <EmptyState icon={Send} title={t('outbox.empty')}>
              {t('outbox.emptyHint')}
            </EmptyState>
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
              <div className="flex flex-col gap-3">
                <ul aria-label={t('outbox.list')} className="overflow-hidden rounded-lg border border-line bg-surface">
                  {items.map((item) => (
                    <li key={item.id} className="border-b border-line last:border-0">
                      <button
                        type="button"
                        aria-pressed={shown === item.id}
                        className="w-full px-3 py-2 text-left hover:bg-hover aria-pressed:bg-selected"
                        onClick={() => setOpen(item.id)}
                      >
                        <span dir="auto" className="block truncate text-left font-medium">
                          {item.subject || t('outbox.noSubject')}
                        </span>
                        <span className="block truncate text-muted">{item.to.join(', ')}</span>
                        <span className="block text-xs text-muted">
                          <time dateTime={item.at} title={full(item.at)}>
                            {when(item.at)}
                          </time>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
                <MorePages query={query} />
              </div>
              {shown && <Content key={shown} id={shown} />}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Content({ id }: { id: string }) {
  const t = useText('channels');
  const address = addressOf(on.localOutboxRaw, { id });
  const mail = useQuery({
    queryKey: ['channels', 'outbox', id],
    queryFn: () => readMail(address),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={mail}>
      {(data) => (
        <article className="rounded-lg border border-line bg-surface">
          <header className="flex flex-wrap items-start justify-between gap-2 border-b border-line px-4 py-3">
            <div>
              <h2 dir="auto" className="text-left text-base font-semibold">
                {data.subject || t('outbox.noSubject')}
              </h2>
              <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-muted">
                {data.people.map(([part, who]) => (
                  <Fragment key={part}>
                    <dt>{t(`outbox.${part}`)}</dt>
                    <dd className="break-all">{who}</dd>
                  </Fragment>
                ))}
              </dl>
            </div>
            <a href={address} download="mail.eml" className={buttonClass('secondary', true)}>
              <Download aria-hidden="true" className="size-4" />
              {t('outbox.raw')}
            </a>
          </header>
          {data.html ? (
            <iframe title={t('outbox.frame')} sandbox="" srcDoc={data.html} className="h-[60vh] w-full rounded-b-lg bg-white" />
          ) : (
            <pre dir="auto" className="written px-4 py-3 font-sans break-words whitespace-pre-wrap">
              {data.text}
            </pre>
          )}
          {data.files.length > 0 && (
            <ul aria-label={t('outbox.files')} className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-3">
              {data.files.map((name, n) => (
                // oxlint-disable-next-line react/no-array-index-key -- a mail may hold two files of one name, in an order that stays
                <li key={n} className="flex min-w-0 items-center gap-1.5">
                  <Paperclip aria-hidden="true" className="size-4" />
                  <span dir="auto" className="break-all">
                    {name}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </article>
      )}
    </Loaded>
  );
}

/** The frame runs nothing, and its own policy loads nothing from anywhere. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

async function readRaw(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address).catch(() => {
    throw clientProblem('client.offline');
  });
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => null));
  return response.arrayBuffer();
}

interface Kept {
  subject: string;
  /** Who wrote and who gets it, in the order of a letter's head; nobody is left out. */
  people: ['from' | 'to' | 'cc' | 'bcc', string][];
  html: string | null;
  text: string;
  files: string[];
}

async function readMail(address: string): Promise<Kept> {
  const [{ default: PostalMime }, raw] = await Promise.all([import('postal-mime'), readRaw(address)]);
  const mail = await PostalMime.parse(raw);
  return {
    subject: mail.subject ?? '',
    people: [line('from', mail.from ? [mail.from] : []), line('to', mail.to), line('cc', mail.cc), line('bcc', mail.bcc)].filter(
      ([, who]) => who,
    ),
    html: mail.html ? policy + mail.html : null,
    text: mail.text ?? '',
    files: mail.attachments.map(({ filename, mimeType }) => filename ?? mimeType),
  };
}

const line = (part: Kept['people'][number][0], people: readonly { name: string; address?: string }[] = []): Kept['people'][number] => [
  part,
  people.map(({ name, address = '' }) => (name && address ? `${name} <${address}>` : address || name)).join(', '),
];
