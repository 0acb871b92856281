import X from 'lucide-react/icons/x';
import type { Person, Skill } from '../../../../../contract/workspace.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Combobox } from '../../../../ui/form/combobox.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { Segmented } from '../../../../ui/form/segmented.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { PersonAvatar } from '../../components/person.tsx';
import { usePeople } from '../../session.ts';
import { changeHolder, type Held } from './change-holder.ts';

/** The last day itself still counts. */
export const hasEnded = (validTo: string | null, now = new Date()): boolean => validTo !== null && validTo < localDay(now);

const localDay = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** Who has one skill; each change is saved by itself. */
export function SkillHolders({ skill, onClose }: { skill: Skill; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const people = usePeople();
  const save = useAction((person: Person, held: Omit<Held, 'skillId'> | null) => changeHolder(person, skill.id, held));
  const heldBy = (person: Person): Held | undefined => person.skills.find(({ skillId }) => skillId === skill.id);
  const others = people.filter((person) => !heldBy(person));
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('skills.assign', { name: skill.label[currentLanguage()] })}
      description={t('skills.assignHint')}
      closeLabel={general('close')}
    >
      <div className="flex min-h-64 flex-col gap-4 pb-3">
        <ProblemBanner problem={save.problem} />
        <div className="max-w-sm">
          <Combobox
            // Begins anew after each: the one chosen is in the list below.
            key={others.length}
            label={t('skills.addPerson')}
            placeholder={t('skills.addPerson')}
            emptyText={general('nothingFound')}
            value={null}
            choices={others.map((person) => ({
              value: person.id,
              label: person.name,
              hint: person.email,
              picture: <PersonAvatar id={person.id} small />,
            }))}
            onChange={(id) => {
              const person = others.find((one) => one.id === id);
              if (person) void save.run(person, { level: 1, validTo: null });
            }}
          />
        </div>
        <ul aria-label={t('skills.holders')}>
          {people.map((person) => {
            const held = heldBy(person);
            return held && <Holder key={person.id} person={person} held={held} onChange={(next) => void save.run(person, next)} />;
          })}
        </ul>
        {others.length === people.length && <p className="text-muted">{t('skills.nobody')}</p>}
      </div>
    </Dialog>
  );
}

function Holder({ person, held, onChange }: { person: Person; held: Held; onChange: (held: Omit<Held, 'skillId'> | null) => void }) {
  const t = useText('workspace');
  const { name } = person;
  const { level, validTo } = held;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2 last:border-0">
      <span className="flex min-w-0 flex-1 basis-48 items-center gap-2">
        <PersonAvatar id={person.id} small />
        <span className="truncate">{name}</span>
        {hasEnded(validTo) && <Badge tone="warn">{t('skills.expired')}</Badge>}
      </span>
      <Segmented
        label={t('skills.levelOf', { name })}
        value={String(level)}
        onChange={(next) => onChange({ level: Number(next), validTo })}
        options={['1', '2', '3'].map((value) => ({ value, label: value }))}
      />
      <label className="flex items-center gap-2 text-xs text-muted">
        <span aria-hidden="true">{t('skills.until')}</span>
        <Input
          // Saved on leaving it: while one types, every digit makes another day.
          key={validTo}
          type="date"
          className="w-36"
          aria-label={t('skills.untilOf', { name })}
          defaultValue={validTo ?? ''}
          min="2000-01-01"
          max="9999-12-31"
          onBlur={({ target }) => {
            const day = target.value || null;
            // Half a date has no value either; it must not clear the day that stands.
            if (target.validity.valid && day !== validTo) onChange({ level, validTo: day });
          }}
        />
      </label>
      <IconButton small icon={X} className="ml-auto" label={t('skills.withdraw', { name })} onClick={() => onChange(null)} />
    </li>
  );
}
