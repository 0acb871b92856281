import { z } from 'zod';
import type { ChannelTools, Entrance, EntranceAnswer, EntranceCall } from '../../../contract/channel.ts';
import { type ChatSettings, longestText, visitorFiles } from '../channel.ts';
import type { Started } from '../protocol.ts';
import { connect } from './line.ts';
import { createPace } from './pace.ts';
import { newSecret } from './secret.ts';
import { shopPage } from './shop-page.ts';
import { lookOf, stateOf } from './state.ts';
import { storeMessage, storeRead } from './store.ts';
import { sendTranscript } from './transcript.ts';
import { type Account, enter, shownTo, type Visitor } from './visitor.ts';

/** What every call carries. */
const credentials = { secret: z.string().max(200).optional(), token: z.string().max(4_000).optional() };
const language = z.enum(['de', 'en']).default('de');
const messageId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const mail = z.email().max(254);
const name = z.string().trim().max(120).default('');
const largestBase64 = Math.ceil(visitorFiles.maxBytes / 3) * 4;

const inputs = {
  start: z.object(credentials),
  look: z.object(credentials),
  say: z.object({
    ...credentials,
    id: messageId,
    text: z.string().refine((text) => [...text].length <= longestText),
    name,
    language,
    address: mail.nullable().default(null),
    files: z
      .array(
        z.object({
          name: z.string().max(255),
          type: z.enum(visitorFiles.mediaTypes),
          base64: z
            .string()
            .max(largestBase64)
            .regex(/^[A-Za-z0-9+/]*={0,2}$/),
        }),
      )
      .max(visitorFiles.maxCount)
      .default([]),
  }),
  read: z.object(credentials),
  file: z.object({ ...credentials, id: z.uuid() }),
  transcript: z.object({ ...credentials, id: z.uuid(), address: mail, language, timeZone: z.string().max(60).default('Europe/Berlin') }),
};
type Name = keyof typeof inputs;

const refuse = (status: Extract<EntranceAnswer, { status: number }>['status'], code: string): EntranceAnswer => ({ status, code });
const answer = (content: object): EntranceAnswer => ({ content: JSON.stringify(content), mediaType: 'application/json' });

/** Nobody writes faster than this for long. */
const messages = createPace({ most: 30, seconds: 60 });

export const entrance: Entrance<ChatSettings> = {
  origins: ({ settings }) => settings.origins,
  page: async ({ name: page, language }, account, tools) =>
    page === 'shop' && account.settings.tryOutPage ? shopPage(language, account, tools) : undefined,
  async call(call, account, tools) {
    if (!(call.name in inputs)) return refuse(404, 'unknown_call');
    const input = inputs[call.name as Name].safeParse(json(call.body));
    if (!input.success) return refuse(400, 'not_understood');
    if (call.name === 'start' && input.data.secret === undefined)
      return start(newSecret(account.id, tools), input.data.token, account, tools);
    const visitor = await enter(input.data, account, tools);
    if (typeof visitor === 'string') return refuse(403, visitor);
    return act(call, visitor, account, tools);
  },
  connect,
};

async function start(secret: string, token: string | undefined, account: Account, tools: ChannelTools): Promise<EntranceAnswer> {
  const visitor = await enter({ secret, token }, account, tools);
  if (typeof visitor === 'string') return refuse(403, visitor);
  const state = await stateOf(account, visitor.threadKey, visitor.note, tools);
  return answer({ secret, look: lookOf(account), state } satisfies Started);
}

async function act(call: EntranceCall, visitor: Visitor, account: Account, tools: ChannelTools): Promise<EntranceAnswer> {
  const input = json(call.body);
  switch (call.name as Name) {
    case 'start': {
      const { secret = '', token } = inputs.start.parse(input);
      return start(secret, token, account, tools);
    }
    case 'look':
      return answer(await stateOf(account, visitor.threadKey, visitor.note, tools));
    case 'say':
      return say(inputs.say.parse(input), visitor, account, tools);
    case 'read':
      await storeRead(visitor, account, tools);
      return answer({});
    case 'file':
      return file(inputs.file.parse(input).id, visitor, account, tools);
    case 'transcript': {
      const code = await sendTranscript(inputs.transcript.parse(input), visitor, account, tools);
      return code === null ? answer({}) : refuse(code === 'too_many' ? 429 : 400, code);
    }
  }
}

async function say(
  { text, files, ...rest }: z.output<typeof inputs.say>,
  visitor: Visitor,
  account: Account,
  tools: ChannelTools,
): Promise<EntranceAnswer> {
  if (text.trim() === '' && files.length === 0 && rest.address === null) return refuse(400, 'nothing_said');
  if (files.length > 0 && !account.settings.files) return refuse(400, 'no_files');
  const bytes = files.reduce((sum, { base64 }) => sum + Buffer.byteLength(base64, 'base64'), 0);
  if (bytes > visitorFiles.maxBytes) return refuse(413, 'files_too_large');
  if (!messages.may(visitor.threadKey, tools.clock.now())) return refuse(429, 'too_many');
  await storeMessage({ ...rest, text, files }, visitor, account, tools);
  return answer({});
}

/** A file of the visitor's own talk, as bytes: the page offers it for saving and never shows it in itself. */
async function file(id: string, { threadKey }: Visitor, account: Account, tools: ChannelTools): Promise<EntranceAnswer> {
  const found = await tools.threads.file(account.id, threadKey, id);
  const mine = found && shownTo(threadKey, (await tools.threads.read(account.id, threadKey)).messages);
  if (!mine?.some((message) => message.id === found?.messageId)) return refuse(404, 'no_such_file');
  return { content: found?.content ?? '', mediaType: 'application/octet-stream' };
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
