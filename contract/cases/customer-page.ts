import { z } from 'zod';
import { done, endpoint, id, instant, paging } from '../core.ts';

/** A file of the customer's page; `ready` once it may be downloaded. */
const pageFile = z.object({ id: z.string(), filename: z.string(), size: z.number().int(), ready: z.boolean() });
export type PageFile = z.infer<typeof pageFile>;

/** Something written: by the customer, by us, or by others who take part. No name of anybody. */
const pageEntry = z.object({
  id: z.string(),
  by: z.enum(['you', 'us', 'other']),
  at: instant,
  text: z.string(),
  /** Written on the page itself. */
  onPage: z.boolean(),
  files: z.array(pageFile),
});
export type PageEntry = z.infer<typeof pageEntry>;

const pagePromise = z.object({
  state: z.enum(['open', 'kept', 'broken', 'made_good', 'released']),
  dueFrom: instant.nullable(),
  dueTo: instant.nullable(),
  /** What was promised; null to whoever holds nothing but the link. */
  text: z.string().nullable(),
});
export type PagePromise = z.infer<typeof pagePromise>;

/**
 * What a customer sees of a concern. To whoever holds the link alone it says how things stand and until when what is promised: nothing that somebody wrote
 * and nothing that says who it is. `concern` and `history` are there once the address was confirmed by a code.
 */
export const customerPage = z.object({
  company: z.string(),
  language: z.enum(['de', 'en']),
  confirmed: z.boolean(),
  /** Shown to an adviser: nothing can be done on it. */
  preview: z.boolean(),
  state: z.enum(['with_us', 'with_you', 'done']),
  promises: z.array(pagePromise),
  /** Said within the last day that it had to be told again. */
  retold: z.boolean(),
  /** When the link ends. */
  until: instant,
  concern: z.object({ number: z.string(), subject: z.string(), openedAt: instant }).nullable(),
  history: z.object({ items: z.array(pageEntry), nextCursor: z.string().nullable() }).nullable(),
});
export type CustomerPage = z.infer<typeof customerPage>;

/** The part of a link behind `#`, which no browser sends by itself. */
const link = z.string().min(20).max(200);
/** Carries the link where the body is a file. */
export const linkHeader = 'x-customer-link';

const caseId = { id };
/** Files a customer may send with one message, and how large each may be. */
export const pageFilesAtMost = 10;
export const pageFileBytes = 10 * 1024 * 1024;
export const pageTextAtMost = 20_000;

/** The rates are of a whole network: behind one address of a mobile provider are many customers. What protects an address is counted by the address. */
export const customerPageEndpoints = {
  read: endpoint({
    method: 'POST',
    path: '/customer-page/readings',
    summary: 'The customer’s page: how things stand by the link alone; texts and files once the address was confirmed on this device.',
    access: 'public',
    input: z.object({ link, cursor: paging.cursor }),
    output: customerPage,
    errors: ['cases.page_unavailable'],
    ratePerMinute: 300,
  }),
  askCode: endpoint({
    method: 'POST',
    path: '/customer-page/codes',
    summary: 'Sends a code to the address the link was sent to.',
    access: 'public',
    input: z.object({ link }),
    output: z.object({ until: instant }),
    errors: ['cases.page_unavailable', 'cases.page_code_limit', 'cases.page_no_code'],
    ratePerMinute: 30,
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/customer-page/confirmations',
    summary: 'Confirms the address by the code that was sent there; opens the whole page on this device for twelve hours.',
    access: 'public',
    input: z.object({ link, code: z.string().trim().min(1).max(40) }),
    output: customerPage,
    errors: ['cases.page_unavailable', 'cases.page_code_wrong', 'cases.page_code_over'],
    ratePerMinute: 30,
  }),
  leave: endpoint({
    method: 'DELETE',
    path: '/customer-page/confirmations',
    summary: 'Forgets on this device that the address was confirmed.',
    access: 'public',
    input: z.object({}),
    output: done,
  }),
  add: endpoint({
    method: 'POST',
    path: '/customer-page/messages',
    summary: 'Adds something to the concern, as a message of the customer’s; the same `messageId` again changes nothing.',
    access: 'public',
    creates: true,
    input: z.object({
      link,
      messageId: id,
      text: z.string().trim().max(pageTextAtMost).default(''),
      fileIds: z.array(id).max(pageFilesAtMost).default([]),
    }),
    output: z.object({ entry: pageEntry }),
    errors: ['cases.page_unavailable', 'cases.page_busy', 'conversations.empty_message', 'conversations.attachment_missing'],
    ratePerMinute: 60,
    // The longest text in letters of four bytes, and what JSON adds.
    bodyLimit: 256 * 1024,
  }),
  upload: endpoint({
    method: 'POST',
    path: '/customer-page/files',
    summary: 'Uploads a file for a message of the customer’s; the link comes in the header `x-customer-link`.',
    access: 'public',
    creates: true,
    upload: true,
    bodyLimit: pageFileBytes,
    input: z.object({
      filename: z.string().min(1).max(255),
      mediaType: z.string().max(120),
      content: z.custom<Uint8Array>((v) => v instanceof Uint8Array),
    }),
    output: z.object({ file: pageFile }),
    errors: ['cases.page_unavailable', 'cases.page_busy'],
    ratePerMinute: 120,
  }),
  file: endpoint({
    method: 'GET',
    path: '/customer-page/files/:id',
    summary: 'Downloads a file of the history, on a device where the address was confirmed.',
    access: 'public',
    input: z.object(caseId),
    output: z.object({}),
    download: true,
    errors: ['cases.page_unavailable', 'conversations.attachment_infected', 'conversations.attachment_unscanned'],
    ratePerMinute: 300,
  }),
  retell: endpoint({
    method: 'POST',
    path: '/customer-page/retellings',
    summary: 'The customer says that they had to tell it again; counts once a day.',
    access: 'public',
    input: z.object({ link }),
    output: done,
    errors: ['cases.page_unavailable'],
    ratePerMinute: 60,
  }),
  preview: endpoint({
    method: 'GET',
    path: '/cases/:id/customer-page',
    summary: 'The page of a case’s customer as they see it, by the link alone or confirmed; nobody is told that it was looked at.',
    access: 'read_case',
    input: z.object({ ...caseId, as: z.enum(['link', 'confirmed']).default('confirmed'), cursor: paging.cursor }),
    output: customerPage,
    errors: ['cases.reason_needed', 'cases.no_page'],
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/cases/:id/customer-page/withdrawals',
    summary: 'Ends every link to the customer’s page of a case that was sent so far; later answers carry new ones.',
    access: 'internal_note',
    input: z.object(caseId),
    output: done,
    errors: ['cases.merged_away'],
  }),
};
