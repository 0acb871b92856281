import type { Macro } from '../../../../contract/automation.ts';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { type Conversation, conversationEndpoints } from '../../../../contract/conversations.ts';
import { call } from '../../../platform/api/call.ts';
import { textOf } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { records } from '../../../platform/store/app-store.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';

type Undo = Awaited<ReturnType<typeof call<typeof on.applyMacro>>>['undo'];

/** Does it, and offers to take back in one step what can be taken back; a note that was written stays. */
export async function applyMacro(conversation: Conversation, { id, name, version }: Macro): Promise<void> {
  const t = textOf('automation');
  const done = await call(on.applyMacro, { id: conversation.id, macroId: id, version });
  records.put('conversation', [done.conversation]);
  const canUndo = Object.keys(done.undo).length > 0;
  notify({
    title: t('apply.done', { name }),
    ...(canUndo
      ? {
          milliseconds: 10_000,
          action: { label: textOf('platform')('undo'), run: () => void takeBack(conversation, done.undo).catch(refused) },
        }
      : {}),
  });
}

async function takeBack({ id, caseId }: Conversation, { topicId, priority: level, tags, teamId }: Undo): Promise<void> {
  const before = {
    ...(level ? { priority: level } : {}),
    ...(tags ? { tags } : {}),
    ...(teamId ? { teamId } : {}),
  };
  if (Object.keys(before).length > 0)
    records.put('conversation', [(await call(conversationEndpoints.change, { id, ...before })).conversation]);
  if (topicId === undefined || !caseId) return;
  const { version } = (await call(caseEndpoints.open, { id: caseId })).case;
  await call(caseEndpoints.change, { id: caseId, version, topicId });
}
