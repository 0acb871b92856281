import { type MailboxKey, mailboxes } from './company/desk.ts';
import type { TeamKey } from './company/places.ts';
import type { Stage } from './stage.ts';

/** Who and what is where at Hansekontor: keys of the plan, ids of the rows. */
export interface Office {
  stage: Stage;
  personId(key: string): string;
  teamId(key: TeamKey): string;
  topicId(key: string): string;
  accountId(key: MailboxKey): string;
  address(key: MailboxKey): string;
  known: Known;
}

export interface Known {
  people: Map<string, string>;
  teams: Map<string, string>;
  topics: Map<string, string>;
  accounts: Map<string, string>;
}

export function createOffice(stage: Stage): Office {
  const known: Known = { people: new Map(), teams: new Map(), topics: new Map(), accounts: new Map() };
  const from = (map: Map<string, string>) => (key: string) => {
    const id = map.get(key);
    if (!id) throw new Error(`The sample company has no ${key}`);
    return id;
  };
  return {
    stage,
    known,
    personId: from(known.people),
    teamId: from(known.teams),
    topicId: from(known.topics),
    accountId: from(known.accounts),
    address: (key) => mailboxes.find((one) => one.key === key)?.address ?? '',
  };
}
