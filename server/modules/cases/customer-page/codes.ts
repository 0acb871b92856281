import { timingSafeEqual } from 'node:crypto';
import type { Outgoing } from '../../../../contract/channel.ts';
import type { CustomerPage } from '../../../../contract/cases.ts';
import type { Secrets } from '../../../platform/config/secrets.ts';
import { type Ctx, type Platform, transaction } from '../../../platform/context.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { channelOf, queueDelivery } from '../../channels/index.ts';
import { conversationFacts, languageFor } from '../../conversations/index.ts';
import { knownIdentity } from '../../customers/index.ts';
import { companySettings } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { keepConfirmation } from './confirmation.ts';
import { openPage } from './page.ts';
import { countCodes, findCode, insertCode, tryCode, useCode } from './queries.ts';
import { daySeconds, showPage } from './show.ts';
import { codeLetter } from './words.ts';

const codeMinutes = 10;
/** Attempts at one code, and codes an address is sent. Forty guesses a day at eight digits: one in two and a half million. */
const attemptsAtMost = 5;
const codesAnHour = 3;
const codesADay = 8;

/** Eight digits that follow from the id of the code and the installation's secret, and so are stored nowhere. */
export const digitsOf = (secrets: Pick<Secrets, 'sign'>, id: string): string =>
  String(Buffer.from(secrets.sign('customer page code', id), 'base64url').readUIntBE(0, 6) % 100_000_000).padStart(8, '0');

/** Sends a code to the address the link went to. A new one ends the one before. */
export async function askForCode(ctx: Ctx, { link }: { link: string }): Promise<{ until: string }> {
  const { identity, conversation } = await openPage(ctx, link);
  const { hour, day } = await countCodes(ctx.db, identity.id, ago(ctx.now, 3_600), ago(ctx.now, daySeconds));
  if (hour >= codesAnHour || day >= codesADay) throw fail('cases.page_code_limit');
  const id = newId(ctx.now.getTime());
  const { accountId } = conversation;
  const queued =
    channelOf(conversation.channel)?.descriptor.capabilities.customerLink && accountId
      ? await queueDelivery(ctx, { messageId: id, conversationId: conversation.id, accountId, dueAt: ctx.now, undoable: false })
      : undefined;
  if (!queued) throw fail('cases.page_no_code');
  await insertCode(ctx.db, { id, conversationId: conversation.id, identityId: identity.id, createdAt: ctx.now });
  return { until: new Date(ctx.now.getTime() + codeMinutes * 60_000).toISOString() };
}

/** Takes the code. Opens transactions of its own: a wrong attempt must stay counted although it is refused. */
export async function confirmPage(ctx: Ctx, { link, code }: { link: string; code: string }, request: RequestFacts): Promise<CustomerPage> {
  const page = await openPage(ctx, link);
  const tried = await tryCode(ctx.db, { identityId: page.identity.id, since: ago(ctx.now, codeMinutes * 60), most: attemptsAtMost });
  if (!tried) throw fail('cases.page_code_over');
  const given = Buffer.from(code.replace(/\D/g, '').padEnd(8).slice(0, 9));
  const right = Buffer.from(digitsOf(ctx.platform.secrets, tried.id));
  const isRight = given.length === right.length && timingSafeEqual(given, right);
  if (!isRight) throw fail('cases.page_code_wrong', { left: attemptsAtMost - tried.attempts });
  const used = await transaction(ctx.platform, ctx.actor, ({ db, now }) => useCode(db, tried.id, now));
  if (!used) throw fail('cases.page_code_over');
  keepConfirmation(ctx.platform.secrets, request, { identityId: page.identity.id, at: ctx.now });
  return showPage(ctx, page, { confirmed: true });
}

/** The code as its channel sends it; undefined for what is no code, and for one whose time is over: nobody could use it. */
export async function codeToSend({ db, platform }: { db: Db; platform: Platform }, id: string): Promise<Outgoing | undefined> {
  const code = await findCode(db, id);
  const now = platform.clock.now();
  if (!code || code.createdAt <= ago(now, codeMinutes * 60)) return undefined;
  const identity = await knownIdentity(db, code.identityId);
  const conversation = (await conversationFacts(db, [code.conversationId])).get(code.conversationId);
  if (!identity || !conversation || conversation.restrictedAt) return undefined;
  const { subject, text } = codeLetter({
    language: await languageFor({ db }, identity.customerId),
    company: (await companySettings(db)).name,
    digits: digitsOf(platform.secrets, id),
    minutes: codeMinutes,
  });
  return {
    messageId: id,
    conversationId: conversation.id,
    visibility: 'private',
    to: [{ name: '', address: identity.label }],
    cc: [],
    bcc: [],
    subject: channelOf(conversation.channel)?.descriptor.capabilities.subject ? subject : null,
    text,
    html: null,
    attachments: [],
    inReplyTo: null,
    references: [],
    threadKey: conversation.threadKey,
    automatic: true,
    language: null,
    at: code.createdAt,
  };
}

const ago = (now: Date, seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
