/** A mail somebody is about to write, before it becomes bytes. */
export interface MailPlan {
  from: Writer;
  to: string;
  cc?: string[];
  subject: string;
  text: string;
  at: Date;
  /** The mail it answers. */
  answers?: Answered;
  files?: MailFile[];
  /** Lines above the rest, e.g. `Auto-Submitted: auto-replied`. */
  headers?: string[];
  /** The whole HTML instead of the one made from the text. */
  html?: string;
}

export interface Writer {
  name: string;
  address: string;
  client: ClientKey;
  /** Below every mail, as set in the program. */
  signature?: string;
}

export interface Answered {
  messageId: string;
  references: string[];
  subject: string;
  text: string;
  at: Date;
  who: { name: string; address: string };
}

export interface MailFile {
  filename: string;
  mediaType: string;
  content: Buffer;
}

export const clients = ['gmx', 'webde', 'tonline', 'gmail', 'outlook', 'apple', 'thunderbird'] as const;
/** Mail programs as customers use them; each writes its own kind of header, quote and HTML. */
export type ClientKey = (typeof clients)[number];
