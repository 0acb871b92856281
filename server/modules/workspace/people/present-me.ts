import { rights } from '../../../../contract/permissions.ts';
import type { Me } from '../../../../contract/workspace.ts';
import { type Actor, scopes } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { fail } from '../../../platform/errors.ts';
import { personOf } from '../policy.ts';
import { presentPerson } from '../present.ts';
import { findPerson } from '../queries/people.ts';
import { companySettings } from '../queries/settings.ts';
import { listPasskeys } from '../sign-in/passkeys.ts';
import { hasTotp } from '../sign-in/second-factor.ts';

/** How long a sent reply can be taken back unless the person wishes otherwise. */
const defaultUndoSeconds = 10;

/** The signed-in person with what the interface needs at once. */
export async function presentMe(db: Db, actor: Actor): Promise<Me> {
  const id = personOf(actor);
  const row = await findPerson(db, id);
  if (!row) throw fail('core.not_found');
  const { name, locale, demo } = await companySettings(db);
  const held = rights.map((right) => [right, [...scopes(actor, right)] as string[]] as const).filter(([, letters]) => letters.length > 0);
  const wished = row.preferences as Partial<Me['preferences']>;
  return {
    person: presentPerson(row),
    rights: Object.fromEntries(held),
    company: { name, locale, demo },
    preferences: {
      theme: wished.theme ?? 'system',
      locale: row.locale,
      undoSeconds: wished.undoSeconds ?? defaultUndoSeconds,
      signature: wished.signature ?? '',
      messageFormat: wished.messageFormat ?? 'text',
      putAway: wished.putAway ?? [],
    },
    secondFactor: { totp: await hasTotp(db, id), passkeys: (await listPasskeys(db, id)).length },
  };
}
