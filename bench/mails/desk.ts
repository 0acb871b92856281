import type { Pool } from 'pg';
import { pause } from '../../torture/chance.ts';
import type { Installation } from '../../torture/installation.ts';
import type { Record } from '../../torture/record.ts';
import type { OurAnswer } from './story.ts';

/** After this without it an answer is given once more. */
const patience = 15_000;

/** An adviser who answers mails through the web, so that customers have something of ours to reply to. */
export function openDesk({ advisers, webs }: Installation, record: Pick<Record, 'taken'>, pool: Pool) {
  let turn = 0;
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const who = advisers[turn % advisers.length];
    const web = webs[turn % webs.length];
    const reply = await fetch(`http://${web?.host}:${web?.port}/api/v1${path}`, {
      method,
      headers: { cookie: `nahbar_session=${who?.session}`, 'x-nahbar': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!reply.ok) throw new Error(`${method} ${path} gave ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  const found = async (id: string) => {
    for (;;) {
      const { rows } = await pool.query<{ id: string; caseNumber: string }>(
        `select c.id, k.number as "caseNumber" from messages m join conversations c on c.id = m.conversation_id join cases k on k.id = c.case_id
          where m.platform_id = $1`,
        [id],
      );
      if (rows[0]) return rows[0];
      await pause(100);
    }
  };
  let answered = 0;
  const arrived = new Map<string, Record['taken'][number]>();
  let read = 0;
  return {
    count: () => answered,
    /** Takes the conversation, answers, gives it back, and waits until the customer has it. */
    async answer(platformId: string): Promise<OurAnswer> {
      const { id, caseNumber } = await found(platformId);
      turn += 1;
      let draftId = crypto.randomUUID();
      const mine = turn;
      const as = <T>(method: string, path: string, body?: object) => {
        turn = mine;
        return ask<T>(method, path, body);
      };
      const once = async () => {
        const { lease } = await as<{ lease: { fence: number } }>('POST', `/conversations/${id}/claim`, {
          mode: 'take_over',
          reason: 'Die Kundin wartet.',
        });
        const opened = await as<{ conversation: { lastSeq: number }; proposals: { reply: { to: unknown[] } } }>(
          'GET',
          `/conversations/${id}`,
        );
        const text = `Guten Tag, wir kümmern uns. Vorgang ${draftId}`;
        const body = {
          draftId,
          fence: lease.fence,
          baseSeq: opened.conversation.lastSeq,
          text,
          to: opened.proposals.reply.to,
          undoSeconds: 0,
        };
        await as('POST', `/conversations/${id}/messages`, body);
      };
      const send = async () => {
        // She writes again meanwhile: then it is read and decided again.
        for (let tries = 0; ; tries += 1)
          try {
            return await once();
          } catch (error) {
            if (tries === 20) throw error;
            await pause(100);
          }
      };
      for (;;) {
        await send();
        for (const begun = performance.now(); performance.now() - begun < patience; await pause(50)) {
          for (; read < record.taken.length; read += 1) {
            const one = record.taken[read] as Record['taken'][number];
            arrived.set(one.draftId, one);
          }
          const sent = arrived.get(draftId);
          if (!sent) continue;
          answered += 1;
          return { messageId: sent.messageId, replyTo: sent.replyTo, caseNumber };
        }
        // Its sender was killed with it in hand: it is perhaps sent, and she is answered once more.
        draftId = crypto.randomUUID();
      }
    },
  };
}
