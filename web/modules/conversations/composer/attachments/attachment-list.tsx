import X from 'lucide-react/icons/x';
import type { Attachment } from '../../../../../contract/conversations.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Progress } from '../../../../ui/progress.tsx';
import type { Uploading } from './use-uploads.ts';

export function AttachmentList({
  attachments,
  uploads,
  onRemove,
  onDismiss,
  onRetry,
}: {
  attachments: readonly Attachment[];
  uploads: readonly Uploading[];
  onRemove: (id: string) => void;
  onDismiss: (key: string) => void;
  onRetry: (upload: Uploading) => void;
}) {
  const t = useText('platform');
  const { size } = useFormats();
  if (attachments.length + uploads.length === 0) return null;
  const chip = 'flex max-w-64 items-center gap-2 rounded-md border border-line bg-sunken py-0.5 pr-1 pl-2.5';
  return (
    <ul className="flex flex-wrap gap-2 px-3 pb-2">
      {attachments.map((attachment) => (
        <li key={attachment.id} className={chip}>
          <span className="truncate">{attachment.filename}</span>
          <span className="shrink-0 text-xs text-muted">{size(attachment.size)}</span>
          <IconButton small icon={X} label={t('remove', { what: attachment.filename })} onClick={() => onRemove(attachment.id)} />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key} className={`${chip} min-w-40 flex-col items-stretch gap-1 ${upload.problem ? 'border-danger' : ''}`}>
          <span className="flex items-center gap-2">
            <span className="truncate">{upload.name}</span>
            {upload.problem && (
              <IconButton small icon={X} label={t('remove', { what: upload.name })} onClick={() => onDismiss(upload.key)} />
            )}
          </span>
          {upload.problem ? (
            <span role="alert" className="flex flex-wrap items-center gap-x-2 text-xs text-danger-text">
              {upload.problem}
              <button type="button" className="min-h-6 underline" onClick={() => onRetry(upload)}>
                {t('retry')}
              </button>
            </span>
          ) : (
            <Progress value={upload.part} label={upload.name} />
          )}
        </li>
      ))}
    </ul>
  );
}
