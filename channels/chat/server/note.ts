import { z } from 'zod';

/** What is kept of a talk beside its messages. */
const noteShape = z.object({
  /** Whom it was held with, signed in: from then on it opens to that person alone. */
  subject: z.string().optional(),
  /** As whom the visitor wrote last, `Sender.label`. */
  label: z.string().optional(),
  /** Where the visitor can be reached when gone. */
  address: z.string().optional(),
  language: z.enum(['de', 'en']).optional(),
  /** When transcripts were sent, ISO 8601. */
  transcripts: z.array(z.string()).optional(),
});
export type Note = z.infer<typeof noteShape>;

export const readNote = (kept: unknown): Note => noteShape.safeParse(kept).data ?? {};
