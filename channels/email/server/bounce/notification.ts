import type { BounceReason } from './phrases.ts';
import type { RecipientReport } from './report.ts';

/** One recipient out of an Amazon SES notification: either already told (`reason`) or still to be judged. */
export interface Notice {
  address: string;
  report: RecipientReport;
  reason: BounceReason | null;
  action: 'failed' | 'delivered' | 'none';
  status: string;
  replyCode: string;
  feedbackType: string | null;
}

interface Message {
  notificationType?: string;
  eventType?: string;
  bounce?: { bouncedRecipients?: { emailAddress?: string; action?: string; status?: string; diagnosticCode?: string }[] };
  complaint?: { complainedRecipients?: { emailAddress?: string }[]; complaintFeedbackType?: string };
  delivery?: { recipients?: string[]; smtpResponse?: string };
}

/** Reads a notification of Amazon SES that came by mail as JSON (bare, or wrapped by SNS); null if the text is none. */
export function readNotification(text: string): Notice[] | null {
  if (!/"(?:notificationType|eventType|TopicArn)\\?"/.test(text)) return null;
  // SNS cuts long lines with "!" and a line break.
  const json = text
    .replace(/!\r?\n\s*/g, '')
    .replace(/^[^{]*/, '')
    .replace(/\n--\n[\s\S]*$/, '')
    .replace(/\r?\n/g, ' ');
  const message = parse(json);
  if (message === null) return null;
  const make = (address: string, part: Partial<Notice> & { report?: RecipientReport }): Notice => ({
    address: address.toLowerCase(),
    report: { address, action: 'failed', status: null, diagnosis: '', diagnosisType: null, remoteHost: null },
    reason: null,
    action: 'failed',
    status: '',
    replyCode: '',
    feedbackType: null,
    ...part,
  });
  if (message.bounce) {
    return (message.bounce.bouncedRecipients ?? []).map((r) => {
      const diagnosis = /^(?:([\w-]+);)?\s*([\s\S]*)$/.exec(r.diagnosticCode ?? '');
      return make(r.emailAddress ?? '', {
        report: {
          address: r.emailAddress ?? '',
          action: r.action ?? 'failed',
          status: r.status ?? null,
          diagnosis: diagnosis?.[2] ?? '',
          diagnosisType: diagnosis?.[1]?.toLowerCase() ?? null,
          remoteHost: null,
        },
      });
    });
  }
  if (message.complaint)
    return (message.complaint.complainedRecipients ?? []).map((r) =>
      make(r.emailAddress ?? '', { reason: 'feedback', action: 'none', feedbackType: message.complaint?.complaintFeedbackType ?? 'abuse' }),
    );
  if (message.delivery) {
    const answer = message.delivery.smtpResponse ?? '';
    return (message.delivery.recipients ?? []).map((address) =>
      make(address, {
        reason: 'delivered',
        action: 'delivered',
        status: /2\.\d\.\d+/.exec(answer)?.[0] ?? '',
        replyCode: /^\d{3}/.exec(answer)?.[0] ?? '',
      }),
    );
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
