import { automationEndpoints as api, type AutomationRule, type Macro } from '../../../contract/automation.ts';
import { newId } from '../../platform/ids.ts';
import type { Office } from '../office.ts';

type RulePlan = Pick<AutomationRule, 'name' | 'trigger' | 'conditions' | 'actions' | 'benefit'>;

/** What Hansekontor lets happen by itself. */
const rules: readonly RulePlan[] = [
  {
    name: 'Sicherheit zuerst',
    trigger: 'message_received',
    conditions: [
      { kind: 'text', is: true, values: ['qualmt', 'Stromschlag', 'fängt Feuer', 'electric shock', 'caught fire'] },
      { kind: 'automatic', is: false, values: [] },
    ],
    actions: [
      { kind: 'set_priority', value: 'urgent' },
      { kind: 'add_tag', value: 'Sicherheit' },
    ],
    benefit: 'Wer in Gefahr sein könnte, wartet nicht hinter denen, die es nicht sind.',
  },
  {
    name: 'Widerruf erkennen',
    trigger: 'message_received',
    conditions: [
      { kind: 'text', is: true, values: ['widerrufe', 'Widerrufsfrist'] },
      { kind: 'automatic', is: false, values: [] },
    ],
    actions: [{ kind: 'add_tag', value: 'Widerruf' }],
    benefit: 'Der Widerruf geht nicht unter, und das Geld kommt rechtzeitig zurück.',
  },
];

/** Written by a lead, and not switched on yet. */
const draft: RulePlan = {
  name: 'Überfälliges vorziehen',
  trigger: 'answer_overdue',
  conditions: [{ kind: 'priority', is: true, values: ['low', 'normal'] }],
  actions: [{ kind: 'set_priority', value: 'high' }],
  benefit: 'Wer schon zu lange wartet, kommt als Nächstes dran.',
};

/** What is done together again and again. */
const macros: readonly Pick<Macro, 'name' | 'actions' | 'text' | 'benefit'>[] = [
  {
    name: 'Nachforschung begonnen',
    actions: [
      { kind: 'add_tag', value: 'Nachforschung' },
      { kind: 'add_note', value: 'Nachforschung beim Paketdienst gestellt; Antwort in der Regel nach zwei Werktagen.' },
    ],
    text: {
      de: '{{kunde.anrede}},\n\nich lasse Ihre Sendung heute suchen und melde mich spätestens in zwei Werktagen bei Ihnen, auch wenn es noch nichts Neues gibt.\n\nFreundliche Grüße\n{{berater.name}}',
      en: '{{customer.salutation}},\n\nI am having your parcel searched for today and will write to you within two working days at the latest, even if there is no news.\n\nKind regards\n{{adviser.name}}',
    },
    benefit: 'Die Suche beginnt am selben Tag, und man weiß, bis wann man von uns hört.',
  },
  {
    name: 'Dringend und gesagt, warum',
    actions: [
      { kind: 'set_priority', value: 'urgent' },
      { kind: 'add_note', value: 'Eilt: Die Person braucht es zu einem festen Tag.' },
    ],
    text: { de: '', en: '' },
    benefit: 'Wer etwas zu einem festen Tag braucht, bekommt vorher eine Antwort.',
  },
];

export async function addAutomation({ stage, personId }: Office, admin: string): Promise<void> {
  const whole = { version: 0, match: 'all' as const };
  for (const rule of rules) await stage.call(admin, api.saveRule, { ...whole, ...rule, id: newId(), isOn: true });
  await stage.call(personId('luise'), api.saveRule, { ...whole, ...draft, id: newId(), isOn: false });
  for (const macro of macros) await stage.call(admin, api.saveMacro, { ...macro, id: newId(), version: 0, teamId: null });
}
