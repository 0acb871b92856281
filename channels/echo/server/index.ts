import type { ServerChannel, TestStep } from '../../../contract/channel.ts';
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
  async test({ settings: { deliverTo } }) {
    if (deliverTo === '') return { ok: true, steps: [{ name: 'local', ok: true }] };
    let step: TestStep;
    try {
      const response = await fetch(deliverTo, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
      step = response.status < 500 ? { name: 'reach', ok: true } : bad('broke_down', `HTTP ${response.status}`);
    } catch (error) {
      step = bad('unreachable', error instanceof Error ? error.message : '');
    }
    return { ok: step.ok, steps: [step] };
  },
};

const bad = (code: EchoProblem, text: string): TestStep => ({ name: 'reach', ok: false, problem: { code, text } });
