import type { ServerChannel, TestStep, WebAnswer } from '../../../contract/channel.ts';
import { channel, type EchoProblem, type EchoSettings } from '../channel.ts';
import { verifyHook } from './hook.ts';
import { parse } from './parse.ts';
import { lookup, render, send } from './send.ts';

export const server: ServerChannel<EchoSettings> = {
  descriptor: channel,
  identity: {
    kind: 'handle',
    normalise: (address) => (/^[\w.@:-]{1,200}$/.test(address.trim()) ? address.trim().toLowerCase() : null),
    trust: 'platform',
  },
  hook: (request, account) => Promise.resolve(verifyHook(request, account)),
  parse: async (raw, account) => parse(raw, account),
  platformIdFor: ({ messageId }) => messageId,
  render,
  send,
  lookup,
  async test({ settings: { deliverTo } }, tools) {
    if (deliverTo === '') return { ok: true, steps: [{ name: 'local', ok: true }] };
    const answer = await tools.call({ method: 'HEAD', url: deliverTo, timeoutMilliseconds: 10_000 });
    const step = stepOf(answer);
    return { ok: step.ok, steps: [step] };
  },
};

function stepOf(answer: WebAnswer): TestStep {
  if ('failure' in answer) return bad(answer.failure === 'address_not_allowed' ? 'address_not_allowed' : 'unreachable', answer.failure);
  return answer.status < 500 ? { name: 'reach', ok: true } : bad('broke_down', `HTTP ${answer.status}`);
}

const bad = (code: EchoProblem, text: string): TestStep => ({ name: 'reach', ok: false, problem: { code, text } });
