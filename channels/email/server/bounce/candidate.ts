import { listParts } from '../mime/part.ts';
import type { ParsedMail } from '../parse.ts';

// Fields that systems put into their reports, and hardly anybody else.
const marks = new Set([
  'x-failed-recipients',
  'x-mlserver',
  'x-ahmailid',
  'x-sef-processed',
  'x-mxl-hash',
  'x-mxl-notehash',
  'x-mx-bounce',
  'x-ms-embedded-report',
  'x-spasign',
  'x-ses-outgoing',
  'x-ymailisg',
  'x-apple-action',
  'x-nai-header',
  'x-zohomail',
]);
const senders =
  /daemon|post_?master|^ $|mail ?(?:delivery|deliver|system|router)|delivery|courier mail|sysadmin@|interscan|microsoft ?exchange|mimecast|-admin@|staff@hotmail|no-reply@app\.auone|dion\.ne\.jp|sendgrid|amazonses|undeliver|bounce|administrator|root@/i;
const subjects =
  /undeliver|non[ _]?(?:remis|recapitabile|deliver)|olevererbart|unzustellbar|nicht (?:zugestellt|zustellbar)|übermittlungsstatus|(?:zustellung|übermittlung).{0,30}fehlgeschlagen|échec de (?:la )?(?:remise|distribution)|no se (?:ha podido|pudo|puede) entregar|no entregado|mancato recapito|consegna non riuscita|onbestelbaar|não entregue|teslim edilemedi|delivery|deliver|failure|failed|returned|return(?:ing)? (?:to|mail)|mail (?:system )?error|\[bounce\]|bounce|frozen|warning:|rejected|could not be|there was an error sending|are not member|not member|reject mail|loop|security alert|fml system error|complaint about|auto:|automatic reply|out of (?:the )?office|退信|投递失败|发送失败|无法送达|반송|전송 ?실패|メール|送信|配信|配送|エラー|не доставлено/i;

/** Cheap first look: whether the mail may be a report at all. Ordinary mails end here. */
export function mayBeReport(mail: ParsedMail): boolean {
  if (mail.headers.some((h) => marks.has(h.key) || (h.key === 'return-path' && h.raw.trim() === '<>'))) return true;
  if (listParts(mail.root).some((part) => /^message\/(?:x?delivery-status|global-delivery-status)$/.test(part.mediaType))) return true;
  const from = `${mail.from[0]?.name ?? ''} ${mail.from[0]?.address ?? ''}`;
  return senders.test(from) || subjects.test(mail.subject);
}
