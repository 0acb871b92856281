import type { ViewFilter } from '../../../../../contract/conversations.ts';
import { currentLanguage, type useText } from '../../../../platform/i18n/i18n.ts';

type Text = ReturnType<typeof useText>;

/** How things are called that a filter only has the ids of. */
export interface Names {
  team: (id: string) => string;
  queue: (id: string) => string;
  channel: (id: string) => string;
}

/** A filter as one sentence: "Open conversations by e-mail of the team North whose customer has waited longer than 4 hours." */
export function filterSentence(filter: ViewFilter, t: Text, names: Names, language: string = currentLanguage()): string {
  const say = (key: string, values: Record<string, unknown> = {}): string => t(`filter.${key}`, values);
  const listed = (words: readonly string[], type: 'conjunction' | 'disjunction'): string =>
    new Intl.ListFormat(language, { type }).format(words);
  const quoted = (words: readonly string[]): string =>
    listed(
      words.map((word) => say('quoted', { word })),
      'disjunction',
    );
  const { states, assignee, teamIds, queueIds, channels, tags, priorities, snoozed, claimed, waitingHours } = filter;
  const kind = `${states?.length ? '' : 'open'}${snoozed === true ? 'Snoozed' : ''}` || 'any';
  const which = [
    channels?.length && say('by', { channels: listed(channels.map(names.channel), 'disjunction') }),
    teamIds?.length && say('ofTeam', { count: teamIds.length, teams: listed(teamIds.map(names.team).map(withoutTeam), 'disjunction') }),
    queueIds?.length && say('inQueue', { count: queueIds.length, queues: quoted(queueIds.map(names.queue)) }),
    tags?.length && say('tagged', { count: tags.length, tags: quoted(tags) }),
    priorities?.length && say('priority', { priorities: quoted(priorities.map((one) => t(`priority.${one}`))) }),
  ].filter(Boolean);
  const that = [
    states?.length &&
      say('that', {
        what: listed(
          states.map((state) => say(`state.${state}`)),
          'disjunction',
        ),
      }),
    assignee && say(`assignee.${assignee}`),
    waitingHours !== undefined && say('waiting', { span: spanOf(waitingHours, say) }),
    claimed !== undefined && say(claimed ? 'claimed' : 'free'),
  ].filter((clause): clause is string => Boolean(clause));
  const sentence = [say(`kind.${kind}`), ...which].join(' ');
  const relative = that.length > 0 ? `${say('comma')}${listed(that, 'conjunction')}` : '';
  return `${sentence}${relative}${snoozed === undefined ? say('alsoSnoozed') : ''}.`;
}

/** In whole days where it is whole days. */
const spanOf = (hours: number, say: (key: string, values: Record<string, unknown>) => string): string =>
  hours % 24 === 0 ? say('days', { count: hours / 24 }) : say('hours', { count: hours });

/** The sentence says "team" itself. */
const withoutTeam = (name: string): string => name.replace(/^team\s+/i, '') || name;
