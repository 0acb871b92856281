import type { Person } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { records } from '../../../../platform/store/app-store.ts';
import { optimistic } from '../../../../platform/store/optimistic.ts';
import { on } from '../../api.ts';

export type Held = Person['skills'][number];

/** Shown at once, taken back when it was refused. `held` null takes the skill away. */
export const changeHolder = (person: Pick<Person, 'id'>, skillId: string, held: Omit<Held, 'skillId'> | null): Promise<unknown> =>
  optimistic(
    records,
    [
      {
        kind: 'person',
        id: person.id,
        patch: (shown) =>
          shown && {
            ...shown,
            skills: [
              ...(shown as unknown as Person).skills.filter((one) => one.skillId !== skillId),
              ...(held ? [{ skillId, ...held }] : []),
            ],
          },
      },
    ],
    () =>
      held
        ? call(on.grantSkill, { id: skillId, personId: person.id, ...held })
        : call(on.withdrawSkill, { id: skillId, personId: person.id }),
    (reply) => records.put('person', [reply]),
  );
