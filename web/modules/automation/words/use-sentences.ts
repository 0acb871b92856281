import { useQuery } from '@tanstack/react-query';
import type { AutomationAction, AutomationCondition } from '../../../../contract/automation.ts';
import { channelsEndpoints } from '../../../../contract/channels.ts';
import { call } from '../../../platform/api/call.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { readingOrder, useTopics } from '../../cases/index.ts';
import { useChannels } from '../../channels/index.ts';
import { languageName } from '../../customers/index.ts';
import { useTeams } from '../../workspace/index.ts';

export interface Option {
  id: string;
  label: string;
}
type Kind = AutomationCondition['kind'];

/** Those that customers of a German company speak most. */
const languages = ['de', 'en', 'tr', 'ru', 'pl', 'ar', 'uk', 'ro', 'it', 'fr', 'es', 'nl', 'da'];
const priorities = ['urgent', 'high', 'normal', 'low'] as const;
const states = [
  'queued',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'waiting_third_party',
  'handover',
  'resolved',
  'closed',
  'spam',
];

/** What there is to choose from, by what a condition asks for; of words there is no list. */
export function useOptions(): Partial<Record<Kind, readonly Option[]>> {
  const t = useText('automation');
  const language = currentLanguage();
  const channels = useChannels();
  const teams = useTeams();
  const { tree } = useTopics();
  const accounts = useQuery({ queryKey: ['channels', 'accounts'], queryFn: () => call(channelsEndpoints.accounts, {}) }).data?.items ?? [];
  return {
    channel: channels.map(({ id, label }) => ({ id, label: label[language] })),
    account: accounts.map(({ id, name }) => ({ id, label: name })),
    language: languages.map((id) => ({ id, label: languageName(id, language) })),
    topic: readingOrder(tree).map(({ topic }) => ({ id: topic.id, label: topic.label[language] })),
    priority: priorities.map((id) => ({ id, label: t(`priority.${id}`) })),
    team: teams.filter(({ archived }) => !archived).map(({ id, name }) => ({ id, label: name })),
    state: states.map((id) => ({ id, label: t(`state.${id}`) })),
  };
}

/** Conditions and actions as sentences: "Der Text enthält „brennt“ oder „qualmt“", "Priorität: dringend". */
export function useSentences(): { condition: (one: AutomationCondition) => string; action: (one: AutomationAction) => string } {
  const t = useText('automation');
  const options = useOptions();
  const nameOf = (kind: Kind, value: string): string => {
    const found = options[kind]?.find(({ id }) => id === value)?.label;
    return found ?? (kind === 'tag' || kind === 'text' ? t('quoted', { value }) : t('gone'));
  };
  return {
    condition: ({ kind, is, values }) =>
      t(`condition.${kind}.${is ? 'is' : 'isNot'}`, { values: values.map((value) => nameOf(kind, value)).join(t('or')) }),
    action: ({ kind, value, reason }) => t(`action.${kind}`, { value: wordFor(kind, value, nameOf), reason, count: Number(value) }),
  };
}

const listOf = { set_priority: 'priority', set_topic: 'topic', assign_team: 'team' } as const;
const wordFor = (kind: AutomationAction['kind'], value: string, nameOf: (kind: Kind, value: string) => string): string =>
  kind in listOf ? nameOf(listOf[kind as keyof typeof listOf], value) : value;
