import FileText from 'lucide-react/icons/file-text';
import ImageOff from 'lucide-react/icons/image-off';
import ShieldAlert from 'lucide-react/icons/shield-alert';
import { useState } from 'react';
import type { Attachment } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { fileAddress } from '../api.ts';

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useText('conversations');
  if (attachments.length === 0) return null;
  return (
    <ul aria-label={t('timeline.attachments', { count: attachments.length })} className="mt-3 flex flex-wrap items-end gap-2">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {isPicture(attachment) ? <Picture attachment={attachment} /> : <AttachmentChip attachment={attachment} />}
        </li>
      ))}
    </ul>
  );
}

/** Pasted screenshots and photos stand in the text of a mail, which is shown without its layout: nobody must look for them. */
const isPicture = ({ inline, mediaType, scan }: Attachment): boolean =>
  inline && /^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(mediaType) && scan !== 'infected' && scan !== 'pending';

/** What cannot be drawn is a file like any other: whoever sent it may have a program that reads it. */
function Picture({ attachment }: { attachment: Attachment }) {
  const { size } = useFormats();
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) return <AttachmentChip attachment={attachment} isBroken />;
  return (
    <a
      className="inline-flex max-w-64 flex-col gap-1 rounded-md border border-line bg-surface p-1.5 hover:bg-hover"
      href={`${fileAddress(attachment.id)}?inline=1`}
      target="_blank"
      rel="noreferrer"
    >
      <img
        src={`${fileAddress(attachment.id)}?inline=1`}
        alt={attachment.filename}
        loading="lazy"
        onError={() => setIsBroken(true)}
        className="h-28 min-w-16 rounded-sm bg-white object-contain"
      />
      <span aria-hidden="true" className="truncate text-xs text-muted">{`${attachment.filename} · ${size(attachment.size)}`}</span>
    </a>
  );
}

function AttachmentChip({ attachment, isBroken = false }: { attachment: Attachment; isBroken?: boolean }) {
  const t = useText('conversations');
  const { size } = useFormats();
  const look = 'inline-flex max-w-64 items-center gap-2 rounded-md border border-line bg-surface px-2.5 py-1.5';
  if (attachment.scan === 'infected' || attachment.scan === 'pending')
    return (
      <span className={`${look} text-muted`}>
        <ShieldAlert aria-hidden="true" className="size-4 shrink-0" />
        <span className="truncate">{attachment.filename}</span>
        <span className="text-xs">{t(`scan.${attachment.scan}`)}</span>
      </span>
    );
  const Sign = isBroken ? ImageOff : FileText;
  return (
    <a className={`${look} hover:bg-hover`} href={fileAddress(attachment.id)} download={attachment.filename}>
      <Sign aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0">
        <span className="block truncate">{attachment.filename}</span>
        {isBroken && <span className="block text-xs text-muted">{t('timeline.pictureBroken')}</span>}
      </span>
      <span className="shrink-0 text-xs text-muted">{size(attachment.size)}</span>
    </a>
  );
}
