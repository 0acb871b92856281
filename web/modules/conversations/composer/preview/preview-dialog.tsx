import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Address } from '../../../../../contract/conversations.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import type { Preview } from '../../api.ts';
import { addressText } from '../../timeline/recipients.tsx';
import type { DraftText } from '../draft-text.ts';
import { RichView } from './rich-view.tsx';

/** What is written as its receivers will read it, with all that stands below it, made by the server from what makes the mail. */
export function PreviewDialog({ preview, text, onClose }: { preview: () => Promise<Preview>; text: DraftText; onClose: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const { size } = useFormats();
  const [asked] = useState(() => crypto.randomUUID());
  const { data, error } = useQuery({
    queryKey: ['conversations', 'preview', asked],
    queryFn: preview,
    gcTime: 0,
    retry: false,
  });
  const line = (label: string, value: string) =>
    value && (
      <div className="grid grid-cols-[4.5rem_1fr] gap-2">
        <dt className="text-muted">{label}</dt>
        <dd dir="auto" className="min-w-0 text-left break-words">
          {value}
        </dd>
      </div>
    );
  const people = (all: readonly Address[]): string => all.map(addressText).join(', ');
  return (
    <Dialog open wide onClose={onClose} title={t('preview.title')} description={t('preview.hint')} closeLabel={general('close')}>
      <div className="flex flex-col gap-3 pb-4">
        {error && <ProblemBanner problem={problemText(error)} />}
        {!data && !error && <Skeleton label={general('loading')} lines={6} />}
        {data && (
          <>
            <dl className="flex flex-col gap-0.5 border-b border-line pb-3">
              {line(t('recipients.from'), data.from ? addressText(data.from) : '')}
              {line(t('recipients.to'), people(text.to))}
              {line(t('recipients.cc'), people(text.cc))}
              {line(t('recipients.bcc'), people(text.bcc))}
              {line(t('recipients.subject'), data.subject ?? '')}
              {line(t('preview.files'), text.attachments.map((file) => `${file.filename} (${size(file.size)})`).join(', '))}
            </dl>
            <div dir="auto" className="written text-base break-words whitespace-pre-wrap">
              {data.html ? <RichView html={data.html} /> : data.text}
            </div>
            {(data.signature || data.link) && (
              <div dir="auto" className="written break-words whitespace-pre-wrap text-muted">
                {`-- \n${[data.signature, data.link && `${data.link.words}\n${data.link.shown}`].filter(Boolean).join('\n\n')}`}
              </div>
            )}
            {data.link && <p className="text-xs text-muted">{t('preview.linkHint')}</p>}
            {data.quotation && (
              <div className="text-muted">
                <p>{data.quotation.intro}</p>
                <blockquote dir="auto" className="written mt-1 border-l-2 border-line-strong pl-3 break-words whitespace-pre-wrap">
                  {data.quotation.text}
                </blockquote>
              </div>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
