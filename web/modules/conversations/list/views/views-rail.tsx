import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import AtSign from 'lucide-react/icons/at-sign';
import Ban from 'lucide-react/icons/ban';
import CheckCheck from 'lucide-react/icons/check-check';
import Clock from 'lucide-react/icons/clock';
import Hourglass from 'lucide-react/icons/hourglass';
import Inbox from 'lucide-react/icons/inbox';
import Layers from 'lucide-react/icons/layers';
import ListFilter from 'lucide-react/icons/list-filter';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import UserRound from 'lucide-react/icons/user-round';
import UsersRound from 'lucide-react/icons/users-round';
import { lazy, Suspense, useState } from 'react';
import type { View } from '../../../../../contract/conversations.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../../platform/keys/keys.ts';
import { AppLink, useGo } from '../../../../platform/router/link.tsx';
import type { Icon } from '../../../../ui/icon.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { useHandoverCount } from '../../../cases/index.ts';
import { useMe, useRight, useTeams } from '../../../workspace/index.ts';
import { builtIn, isBuiltIn } from './built-in.ts';
import { useCounters, useViews } from './use-views.ts';

const ViewDialog = lazy(() => import('./view-dialog.tsx').then((file) => ({ default: file.ViewDialog })));

const signs: Record<(typeof builtIn)[number], Icon> = {
  mine: UserRound,
  unassigned: Inbox,
  open: Layers,
  waiting: Hourglass,
  snoozed: Clock,
  mentions: AtSign,
  resolved: CheckCheck,
  spam: Ban,
};

/** Views and teams with what waits in them. */
export function ViewsRail({ active, onPick }: { active: string; onPick?: () => void }) {
  const t = useText('conversations');
  const go = useGo();
  const { counters, atLeast } = useCounters();
  const handedOver = useHandoverCount();
  const [edited, setEdited] = useState<View | 'new' | null>(null);
  const views = useViews().filter(({ id }) => !isBuiltIn(id));
  const opened = views.find(({ id }) => id === active);
  const me = useMe().person;
  const isKeeper = useRight('manage_tags');
  const keepsAll = useRight('manage_tags', 'A');
  const leads = (id: string): boolean => teams.some((team) => team.id === id && team.leadIds.includes(me.id));
  const mayChange = ({ ownerId, teamId }: View): boolean =>
    ownerId === null ? (teamId === null ? isKeeper : keepsAll || leads(teamId)) : ownerId === me.id;
  // Whoever leads teams need not be in them; their work is that of the teams.
  const teams = useTeams().filter((team) => (me.teamIds.includes(team.id) || team.leadIds.includes(me.id)) && !team.archived);
  useShortcuts(
    [
      ...builtIn.slice(4).map((key) => ({ label: t(`views.${key}`), to: key as string })),
      ...teams.map(({ id, name }) => ({ label: name, to: `team-${id}` })),
      ...views.map(({ id, name }) => ({ label: name, to: id })),
    ].map(({ label, to }) => ({ label, group: t('keys.views'), run: () => go(`/inbox/${to}`) })),
  );
  return (
    <nav aria-label={t('views.title')} className="flex flex-col gap-4 px-2 py-3">
      <Group title={t('views.title')}>
        {handedOver > 0 && (
          <Entry
            onPick={onPick}
            to="/handovers"
            icon={ArrowRightLeft}
            label={t('views.handedOver')}
            count={handedOver}
            marked
            active={false}
          />
        )}
        {builtIn.map((key) => (
          <Entry
            onPick={onPick}
            key={key}
            to={`/inbox/${key}`}
            icon={signs[key]}
            label={t(`views.${key}`)}
            count={counters[key]}
            more={atLeast.includes(key)}
            active={active === key}
          />
        ))}
      </Group>
      {teams.length > 0 && (
        <Group title={t('views.teams')}>
          {teams.map((team) => (
            <Entry
              onPick={onPick}
              key={team.id}
              to={`/inbox/team-${team.id}`}
              icon={UsersRound}
              label={team.name}
              count={counters[`team:${team.id}`]}
              more={atLeast.includes(`team:${team.id}`)}
              active={active === `team-${team.id}`}
            />
          ))}
        </Group>
      )}
      <Group
        title={t('views.saved')}
        action={<IconButton small icon={Plus} label={t('viewEditor.new')} onClick={() => setEdited('new')} />}
      >
        {views.map((view) => (
          <Entry
            onPick={onPick}
            key={view.id}
            to={`/inbox/${view.id}`}
            icon={ListFilter}
            label={view.name}
            count={counters[view.id]}
            more={atLeast.includes(view.id)}
            active={active === view.id}
          />
        ))}
      </Group>
      {opened && mayChange(opened) && (
        <button
          type="button"
          className="flex min-h-6 items-center gap-1.5 rounded-sm px-2 text-xs text-accent-text underline"
          onClick={() => setEdited(opened)}
        >
          <Pencil aria-hidden="true" className="size-3" />
          {t('viewEditor.change')}
        </button>
      )}
      {edited && (
        <Suspense>
          <ViewDialog view={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </nav>
  );
}

function Group({ title, action, children }: { title: string; action?: React.ReactNode; children: React.ReactNode }) {
  return (
    <div>
      <div className="flex items-center justify-between pb-1">
        <h2 className="pl-2 text-xs font-medium whitespace-nowrap text-muted">{title}</h2>
        {action}
      </div>
      <ul>{children}</ul>
    </div>
  );
}

function Entry({
  to,
  icon: Sign,
  label,
  count,
  more = false,
  marked = false,
  active,
  onPick,
}: {
  to: string;
  icon: Icon;
  label: string;
  count: number | undefined;
  /** There are more than were counted. */
  more?: boolean;
  /** Meant for this person by name. */
  marked?: boolean;
  active: boolean;
  onPick: (() => void) | undefined;
}) {
  const { number } = useFormats();
  return (
    <li>
      <AppLink
        to={to}
        aria-current={active ? 'page' : undefined}
        onClick={onPick}
        className={`flex min-h-8 items-center gap-2 rounded-md px-2 ${active ? 'bg-selected font-medium text-accent-text' : 'hover:bg-hover'}`}
      >
        <Sign aria-hidden="true" className="size-4 shrink-0" />
        <span className="truncate" title={label}>
          {label}
        </span>
        {count !== undefined && count > 0 && (
          <span
            className={`ml-auto text-xs tabular-nums ${marked ? 'rounded-full bg-accent px-1.5 font-semibold text-on-accent' : 'text-muted'}`}
          >
            {number(count)}
            {more && '+'}
          </span>
        )}
      </AppLink>
    </li>
  );
}
