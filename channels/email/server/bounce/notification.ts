import { type BounceReason, type Finding, newFinding } from './reasons.ts';

/** One recipient out of an Amazon SES notification: either already told (`reason`) or still to be judged. */
export interface Notice {
  finding: Finding;
  reason: BounceReason | null;
  feedbackType: string | null;
}

interface Message {
  notificationType?: string;
  eventType?: string;
  bounce?: {
    bounceSubType?: string;
    reportingMTA?: string;
    bouncedRecipients?: { emailAddress?: string; action?: string; status?: string; diagnosticCode?: string }[];
  };
  complaint?: { complainedRecipients?: { emailAddress?: string }[]; complaintFeedbackType?: string };
  delivery?: { recipients?: string[]; smtpResponse?: string };
}

const subTypes: Record<string, BounceReason> = { MailboxFull: 'mailboxfull', MessageTooLarge: 'mesgtoobig' };
// These say less than what the server said, where it said something.
const vagueSubTypes: Record<string, BounceReason> = {
  NoEmail: 'userunknown',
  ContentRejected: 'contenterror',
  AttachmentRejected: 'policyviolation',
  CustomTimeoutExceeded: 'expired',
};

/** Reads a notification of Amazon SES that came by mail as JSON (bare, or wrapped by SNS); null if the text is none. */
export function readNotification(text: string): Notice[] | null {
  if (!text.includes('notificationType') && !text.includes('eventType') && !text.includes('TopicArn')) return null;
  if (!/"(?:notificationType|eventType|TopicArn)\\?"/.test(text)) return null;
  // SNS cuts long lines with "!" and a line break.
  const json = text
    .replace(/!\r?\n\s*/g, '')
    .replace(/^[^{]*/, '')
    .replace(/\n-- ?\n[\s\S]*$/, '')
    .replace(/\r?\n/g, ' ');
  const message = parse(json);
  if (message === null) return null;
  const { bounce, complaint, delivery } = message;
  if (bounce)
    return (bounce.bouncedRecipients ?? []).map((r) => {
      const subType = bounce.bounceSubType ?? '';
      const said = /^(?:([\w-]+);)?\s*([\s\S]*)$/.exec(r.diagnosticCode ?? '');
      const finding = newFinding({
        recipient: r.emailAddress ?? '',
        action: r.action?.toLowerCase() ?? 'failed',
        status: /[245]\.\d+\.\d+/.exec(r.status ?? '')?.[0] ?? '',
        diagnosis: said?.[2] ?? '',
        type: said?.[1]?.toUpperCase() ?? '',
        reason: subTypes[subType] ?? ((said?.[2] ?? '') === '' ? vagueSubTypes[subType] : undefined) ?? '',
      });
      return { finding, reason: null, feedbackType: null };
    });
  if (complaint)
    return (complaint.complainedRecipients ?? []).map((r) => ({
      finding: newFinding({ recipient: r.emailAddress ?? '', action: 'none' }),
      reason: 'feedback' as const,
      feedbackType: complaint.complaintFeedbackType ?? 'abuse',
    }));
  if (delivery) {
    const answer = delivery.smtpResponse ?? '';
    return (delivery.recipients ?? []).map((recipient) => ({
      finding: newFinding({
        recipient,
        action: 'delivered',
        status: /2\.\d\.\d+/.exec(answer)?.[0] ?? '',
        replyCode: /^\d{3}/.exec(answer)?.[0] ?? '',
        diagnosis: answer,
      }),
      reason: 'delivered' as const,
      feedbackType: null,
    }));
  }
  return null;
}

function parse(json: string): Message | null {
  try {
    const outer = JSON.parse(json) as Message & { Message?: string };
    return typeof outer.Message === 'string' ? (JSON.parse(outer.Message) as Message) : outer;
  } catch {
    return null;
  }
}
