import { linkHeader, type PageEntry, type PageFile } from '../../../../contract/cases.ts';
import { type Ctx, type Platform, reading } from '../../../platform/context.ts';
import { nobody } from '../../../platform/actor.ts';
import type { Knocking, RequestFacts } from '../../../platform/module.ts';
import { addFromCustomer, countedOnPage, uploadAttachment } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { asCustomer, openPage, type Page } from './page.ts';
import { isConfirmed } from './read.ts';
import { entriesOf } from './show.ts';

/** In an hour, whoever comes by the link: more than anybody needs to say, less than fills a queue. */
const atMost = { messages: 20, files: 40 };

interface Addition {
  link: string;
  messageId: string;
  text: string;
  fileIds: string[];
}

/** Adds what the customer wrote to their conversation. The link is enough, as the address of an answer would be; advisers see which of the two it was. */
export async function addOnPage(ctx: Ctx, { link, ...addition }: Addition, request: RequestFacts): Promise<{ entry: PageEntry }> {
  const page = await openPage(ctx, link);
  await demandPatience(ctx, page, 'messages');
  const message = await addFromCustomer(asCustomer(ctx, page), {
    ...addition,
    conversationId: page.conversation.id,
    customerId: page.identity.customerId,
    reader: page.identity,
    confirmed: isConfirmed(ctx, page, request),
  });
  const [entry] = await entriesOf(ctx, [message], page.identity);
  if (!entry) throw new Error('A message was not shown');
  return { entry };
}

/** Takes a file for a message that is still to be written. */
export async function uploadOnPage(
  ctx: Ctx,
  input: { filename: string; mediaType: string; content: Uint8Array },
  request: RequestFacts,
): Promise<{ file: PageFile }> {
  const page = await openPage(ctx, request.headers[linkHeader] ?? '');
  await demandPatience(ctx, page, 'files');
  const { attachment } = await uploadAttachment(asCustomer(ctx, page), input);
  const { id, filename, size } = attachment;
  return { file: { id, filename, size, ready: false } };
}

/** No file is received for a link that leads nowhere. */
export async function expectFile(platform: Platform, _parameters: unknown, { headers }: Knocking): Promise<void> {
  await openPage(reading(platform, nobody), headers[linkHeader] ?? '');
}

async function demandPatience(ctx: Ctx, page: Page, what: keyof typeof atMost): Promise<void> {
  const since = new Date(ctx.now.getTime() - 3_600_000);
  const { conversationIds, identity } = page;
  const counted = await countedOnPage(ctx.db, { conversationIds, customerId: identity.customerId, since });
  if (counted[what] >= atMost[what]) throw fail('cases.page_busy');
}
