import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { mostUnits, type Units, type WorkKind, workKinds, type WorkUnits } from '../../../../contract/routing.ts';
import { call } from '../../../platform/api/call.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Card, useRight } from '../../workspace/index.ts';
import { on, unitsQuery } from '../api.ts';
import { Unsaved } from '../ordered/unsaved.tsx';
import { alone, atOnce } from './at-once.ts';

/** How much of a person each kind of work takes, and what fits in at once by it. */
export function UnitsCard() {
  const t = useText('routing');
  const query = useQuery(unitsQuery);
  return (
    <Card title={t('units.title')} hint={t('units.hint')}>
      <Loaded query={query}>{(saved) => <Kinds saved={saved} />}</Loaded>
    </Card>
  );
}

interface Draft {
  /** The version it began from, with what was written over it. */
  from: WorkUnits;
  written: Partial<Record<WorkKind, string>>;
}

function Kinds({ saved }: { saved: WorkUnits }) {
  const t = useText('routing');
  const client = useQueryClient();
  const mayChange = useRight('manage_workspace');
  const [draft, setDraft] = useState<Draft | null>(null);
  const { from, written }: Draft = draft ?? { from: saved, written: {} };
  const units: Units = { ...from.units };
  for (const kind of workKinds) units[kind] = Number(written[kind] ?? units[kind]);
  const isRight = workKinds.every((kind) => isUnits(units[kind]));
  const save = useAction(async () => {
    try {
      client.setQueryData(unitsQuery.queryKey, await call(on.setWorkUnits, { version: from.version, units }));
    } catch (error) {
      if (isProblem(error, 'core.conflict')) {
        await client.invalidateQueries({ queryKey: unitsQuery.queryKey });
        setDraft(null);
      }
      throw error;
    }
    setDraft(null);
    notify({ title: t('units.saved') });
  });
  const write = (kind: WorkKind, value: string) => {
    save.clear();
    setDraft({ from, written: { ...written, [kind]: value } });
  };
  return (
    <>
      {mayChange && (
        <div className="mb-4 grid gap-4 sm:grid-cols-3 lg:grid-cols-4">
          {workKinds.map((kind) => (
            <Field
              key={kind}
              label={t(`units.kind.${kind}`)}
              hint={isUnits(units[kind]) && t('units.alone', { most: alone(units[kind]) })}
              error={isUnits(units[kind]) ? save.fieldProblem(`units.${kind}`) : t('units.wrong', { most: mostUnits })}
            >
              <Input
                type="number"
                min={1}
                max={mostUnits}
                className="w-24"
                value={written[kind] ?? units[kind]}
                onChange={({ target }) => write(kind, target.value)}
              />
            </Field>
          ))}
        </div>
      )}
      <AtOnceLine units={isRight ? units : from.units} />
      <ProblemBanner problem={save.problem} className="mt-4" />
      <Unsaved
        lines={{ isChanged: draft !== null, undo: () => setDraft(null) }}
        save={t('units.save')}
        isBusy={save.isBusy || !isRight}
        onSave={() => void save.run()}
      />
    </>
  );
}

/** "4 Mails, 3 Chats oder 1 öffentlicher Beitrag und 2 Mails", as it would be with what is written. */
function AtOnceLine({ units }: { units: Units }) {
  const t = useText('routing');
  const locale = useLanguage() === 'en' ? 'en-GB' : 'de-DE';
  const list = (words: string[], type: 'conjunction' | 'disjunction') => new Intl.ListFormat(locale, { type }).format(words);
  const parts = atOnce(units).map((kinds) =>
    list(
      kinds.map(([kind, count]) => t(`units.count.${kind}`, { count })),
      'conjunction',
    ),
  );
  return <p role="status">{t('units.atOnce', { what: list(parts, 'disjunction') })}</p>;
}

const isUnits = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= mostUnits;
