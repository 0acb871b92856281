import FileText from 'lucide-react/icons/file-text';
import ShieldAlert from 'lucide-react/icons/shield-alert';
import type { Attachment } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { fileAddress } from '../api.ts';

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const t = useText('conversations');
  const shown = attachments.filter((attachment) => !attachment.inline || !attachment.mediaType.startsWith('image/'));
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t('timeline.attachments', { count: shown.length })} className="mt-3 flex flex-wrap gap-2">
      {shown.map((attachment) => (
        <li key={attachment.id}>
          <AttachmentChip attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function AttachmentChip({ attachment }: { attachment: Attachment }) {
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
  return (
    <a className={`${look} hover:bg-hover`} href={fileAddress(attachment.id)} download={attachment.filename}>
      <FileText aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="truncate">{attachment.filename}</span>
      <span className="shrink-0 text-xs text-muted">{size(attachment.size)}</span>
    </a>
  );
}
