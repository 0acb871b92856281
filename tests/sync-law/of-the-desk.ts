import { automationEndpoints } from '../../contract/automation.ts';
import { type Conversation } from '../../contract/conversations.ts';
import { knowledgeEndpoints } from '../../contract/knowledge.ts';
import { createPerson, createSkill } from '../../server/modules/workspace/testing.ts';
import { applyMacro } from '../../web/modules/automation/macros/apply.ts';
import { dropSnippet, readSnippets, saveSnippet } from '../../web/modules/knowledge/api.ts';
import { changeHolder } from '../../web/modules/workspace/admin/skills/change-holder.ts';
import { loadDirectory, readMe } from '../../web/modules/workspace/api.ts';
import { records } from '../../web/platform/store/app-store.ts';
import { receiveNotices, type Notice } from '../../web/ui/overlay/notify.ts';
import type { Command } from './commands.ts';
import type { World } from './world.ts';

let words = 0;
const snippetInput = () => ({
  id: crypto.randomUUID(),
  version: 0,
  title: 'Gruß',
  shortcut: `gruss${(words += 1)}`,
  text: { de: 'Schöne Grüße', en: '' },
  teamId: null,
});

async function written(world: World) {
  await world.desk.sit(world.scene.people.dorit);
  const input = snippetInput();
  await world.does(world.desk.who(), knowledgeEndpoints.saveSnippet, input);
  await readSnippets();
  return input;
}

async function macro(world: World) {
  const { luise } = world.scene.people;
  const { macro: made } = await world.does(luise, automationEndpoints.saveMacro, {
    id: crypto.randomUUID(),
    version: 0,
    name: `Paket ${(words += 1)}`,
    teamId: world.scene.people.team.id,
    actions: [
      { kind: 'set_priority', value: 'urgent' },
      { kind: 'add_tag', value: 'paket' },
    ],
    text: { de: '', en: '' },
    benefit: 'Schneller',
  });
  const { conversationId } = await world.concern();
  const conversation = records.get('conversation', conversationId) as unknown as Conversation;
  return { made, conversation };
}

async function holder(world: World) {
  await world.desk.sit(world.scene.people.dorit);
  const person = await createPerson(world.scene.h);
  const { people } = await loadDirectory(await readMe());
  records.put('person', people);
  const skill = await createSkill(world.scene.h);
  return { skill, person };
}

export const deskCommands: readonly Command[] = [
  {
    of: 'web/modules/automation/macros/apply.ts applyMacro',
    arrange: async (world) => {
      const { made, conversation } = await macro(world);
      return () => applyMacro(conversation, made);
    },
  },
  {
    of: 'web/modules/automation/macros/apply.ts takeBack',
    arrange: async (world) => {
      const { made, conversation } = await macro(world);
      const notices: Notice[] = [];
      receiveNotices({ show: (notice) => void notices.push(notice), close: () => {} });
      // Those of before are shown first.
      notices.length = 0;
      await applyMacro(conversation, made);
      await world.scene.h.drain();
      await world.desk.hear();
      const asked = records.versionOf('conversation', conversation.id);
      const [offer] = notices;
      return async () => {
        notices.length = 0;
        offer?.action?.run();
        await world.until(() => records.versionOf('conversation', conversation.id) > asked || notices.length > 0);
        if (notices.length > 0) throw new Error('It was refused');
      };
    },
  },
  {
    of: 'web/modules/knowledge/api.ts saveSnippet',
    what: 'new',
    arrange: async (world) => {
      await written(world);
      return () => saveSnippet(snippetInput());
    },
    // Who wrote it, the page does not say.
    unforeseen: ['writtenBy'],
  },
  {
    of: 'web/modules/knowledge/api.ts saveSnippet',
    what: 'changed',
    arrange: async (world) => {
      const input = await written(world);
      return () => saveSnippet({ ...input, version: 1, title: 'Grüße' });
    },
    unforeseen: ['writtenBy'],
  },
  {
    of: 'web/modules/knowledge/api.ts dropSnippet',
    arrange: async (world) => {
      await written(world);
      const { id } = await written(world);
      return () => dropSnippet(id);
    },
  },
  {
    of: 'web/modules/workspace/admin/skills/change-holder.ts changeHolder',
    what: 'grant',
    arrange: async (world) => {
      const { skill, person } = await holder(world);
      return () => changeHolder(person, skill.id, { level: 2, validTo: '2027-01-31' });
    },
  },
  {
    of: 'web/modules/workspace/admin/skills/change-holder.ts changeHolder',
    what: 'withdraw',
    arrange: async (world) => {
      const { skill, person } = await holder(world);
      await changeHolder(person, skill.id, { level: 2, validTo: null });
      await world.desk.hear();
      return () => changeHolder(person, skill.id, null);
    },
  },
];
