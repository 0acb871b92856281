import { useQuery } from '@tanstack/react-query';
import GraduationCap from 'lucide-react/icons/graduation-cap';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import Users from 'lucide-react/icons/users';
import { useState } from 'react';
import type { Person, Skill } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../../platform/loaded.tsx';
import { queries } from '../../../../platform/realtime/live.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Table } from '../../../../ui/list/table.tsx';
import { AlertDialog } from '../../../../ui/overlay/alert-dialog.tsx';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { on } from '../../api.ts';
import { Page } from '../../components/page.tsx';
import { usePeople } from '../../session.ts';
import { SkillDialog } from './skill-dialog.tsx';
import { hasEnded, SkillHolders } from './skill-holders.tsx';
import { skillsQuery } from './use-skills.ts';

type Open = { what: 'name' | 'people' | 'remove'; id: string } | 'new' | null;

/** What people here can do: the list of skills, and who has which. */
export default function SkillsPage() {
  const t = useText('workspace');
  const language = currentLanguage();
  const query = useQuery(skillsQuery);
  const people = usePeople();
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const read = (): Promise<unknown> => queries.invalidateQueries({ queryKey: skillsQuery.queryKey });
  // By id: the dialog shows the skill as it is now, and ends when somebody else removes it.
  const opened = (what: 'name' | 'people' | 'remove'): Skill | undefined =>
    open !== null && open !== 'new' && open.what === what ? query.data?.items.find(({ id }) => id === open.id) : undefined;
  const [named, assigned, removed] = [opened('name'), opened('people'), opened('remove')];
  const add = (
    <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
      {t('skills.add')}
    </Button>
  );
  return (
    <Page wide title={t('admin.skills')} intro={t('skills.intro')} actions={add}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={GraduationCap} title={t('skills.none')}>
              {t('skills.noneHint')}
            </EmptyState>
          ) : (
            <Table<Skill>
              caption={t('admin.skills')}
              rows={items}
              keyOf={(skill) => skill.id}
              columns={[
                {
                  id: 'name',
                  label: t('skills.name'),
                  cell: (skill) => (
                    <>
                      <span className="font-medium">{skill.label[language]}</span>
                      <code className="block font-mono text-xs text-muted">{skill.key}</code>
                    </>
                  ),
                },
                { id: 'holders', label: t('skills.holders'), cell: (skill) => <Holders skill={skill} people={people} /> },
                {
                  id: 'actions',
                  label: '',
                  right: true,
                  cell: (skill) => {
                    const name = skill.label[language];
                    const { id } = skill;
                    return (
                      <span className="flex justify-end gap-1">
                        <IconButton
                          small
                          icon={Users}
                          label={t('skills.assign', { name })}
                          onClick={() => setOpen({ what: 'people', id })}
                        />
                        <IconButton
                          small
                          icon={Pencil}
                          label={t('skills.rename', { name })}
                          onClick={() => setOpen({ what: 'name', id })}
                        />
                        <IconButton
                          small
                          icon={Trash}
                          label={t('skills.removeLabel', { name })}
                          onClick={() => setOpen({ what: 'remove', id })}
                        />
                      </span>
                    );
                  },
                },
              ]}
            />
          )
        }
      </Loaded>
      {(open === 'new' || named) && <SkillDialog skill={named ?? null} onDone={read} onClose={close} />}
      {assigned && <SkillHolders skill={assigned} onClose={close} />}
      {removed && <RemoveSkill skill={removed} onDone={read} onClose={close} />}
    </Page>
  );
}

/** So many are named; the rest is counted. */
const named = 6;

function Holders({ skill, people }: { skill: Skill; people: readonly Person[] }) {
  const t = useText('workspace');
  const holders = holdersOf(skill, people);
  if (holders.length === 0) return <span className="text-muted">{t('skills.nobody')}</span>;
  return (
    <ul className="flex flex-wrap items-center gap-1">
      {holders.slice(0, named).map(({ person, level, validTo }) => (
        <li key={person.id} className="max-w-full">
          <Badge tone={hasEnded(validTo) ? 'warn' : 'neutral'}>
            {person.name} · {hasEnded(validTo) ? t('skills.expired') : t('skills.level', { level })}
          </Badge>
        </li>
      ))}
      {holders.length > named && <li className="text-xs text-muted">{t('skills.more', { count: holders.length - named })}</li>}
    </ul>
  );
}

function holdersOf(skill: Skill, people: readonly Person[]) {
  return people
    .flatMap((person) => person.skills.filter(({ skillId }) => skillId === skill.id).map((held) => ({ person, ...held })))
    .toSorted((a, b) => b.level - a.level || a.person.name.localeCompare(b.person.name));
}

/** Asked first, because nobody can give all of it back. */
function RemoveSkill({ skill, onDone, onClose }: { skill: Skill; onDone: () => Promise<unknown>; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const count = holdersOf(skill, usePeople()).length;
  const remove = useAction(async () => {
    await call(on.removeSkill, { id: skill.id });
    await onDone();
    onClose();
  });
  return (
    <AlertDialog
      open
      danger
      title={t('skills.removeTitle', { name: skill.label[currentLanguage()] })}
      confirm={t('skills.remove')}
      cancel={general('cancel')}
      busy={remove.isBusy}
      onConfirm={() => void remove.run()}
      onCancel={onClose}
    >
      {count === 0 ? t('skills.removeNobody') : t('skills.removeHolders', { count })}
      <ProblemBanner problem={remove.problem} className="mt-3" />
    </AlertDialog>
  );
}
