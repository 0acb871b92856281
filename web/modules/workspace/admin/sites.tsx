import type { UseQueryResult } from '@tanstack/react-query';
import Clock from 'lucide-react/icons/clock';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import type { OutputOf } from '../../../../contract/core.ts';
import { type Land, laender, type Person, type Site } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { useRight, useTeams } from '../session.ts';
import { HoursDialog } from './hours/hours-dialog.tsx';

/** Where people work: the Land decides holidays, the zone the hours. */
export function Sites({ query }: { query: UseQueryResult<OutputOf<typeof on.listSites>> }) {
  const t = useText('workspace');
  const mayChange = useRight('manage_workspace');
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  const [timed, setTimed] = useState<Site | null>(null);
  const [removed, setRemoved] = useState<Site | null>(null);
  const { refetch } = query;
  return (
    <Card
      title={t('teams.sites')}
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setEdited('new')}>
            {t('teams.addSite')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <Table<Site>
            caption={t('teams.sites')}
            rows={items}
            keyOf={(site) => site.id}
            columns={[
              { id: 'name', label: t('teams.name'), cell: (site) => site.name },
              {
                id: 'land',
                label: t('welcome.land'),
                cell: (site) => [t(`laender.${site.land}`), site.municipality].filter(Boolean).join(', '),
              },
              { id: 'zone', label: t('teams.zone'), cell: (site) => site.zone },
              {
                id: 'actions',
                label: '',
                right: true,
                cell: (site) => (
                  <span className="flex justify-end gap-1">
                    <IconButton small icon={Clock} label={t('hours.title', { name: site.name })} onClick={() => setTimed(site)} />
                    {mayChange && (
                      <>
                        <IconButton
                          small
                          icon={Pencil}
                          label={t('teams.changeSite', { name: site.name })}
                          onClick={() => setEdited(site)}
                        />
                        <IconButton
                          small
                          icon={Trash}
                          label={t('teams.removeSiteLabel', { name: site.name })}
                          onClick={() => setRemoved(site)}
                        />
                      </>
                    )}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {edited && <SiteDialog site={edited === 'new' ? null : edited} onDone={refetch} onClose={() => setEdited(null)} />}
      {timed && <HoursDialog site={timed} mayChange={mayChange} onClose={() => setTimed(null)} />}
      {removed && <RemoveSite site={removed} onDone={refetch} onClose={() => setRemoved(null)} />}
    </Card>
  );
}

/** One site, or none. */
export function SiteSelect({
  sites,
  value,
  onChange,
  ...rest
}: {
  sites: readonly Site[];
  value: string | null;
  onChange: (siteId: string | null) => void;
  id?: string;
}) {
  const t = useText('workspace');
  const options = [{ value: '', label: t('teams.noSite') }, ...sites.map(({ id, name }) => ({ value: id, label: name }))];
  return <Select {...rest} options={options} value={value ?? ''} onChange={(id) => onChange(id || null)} />;
}

interface Props {
  onDone: () => Promise<unknown>;
  onClose: () => void;
}

function SiteDialog({ site, onDone, onClose }: Props & { site: Site | null }) {
  const t = useText('workspace');
  const [name, setName] = useState(site?.name ?? '');
  const [land, setLand] = useState<Land | null>((site?.land as Land | undefined) ?? null);
  const [municipality, setMunicipality] = useState(site?.municipality ?? '');
  const [zone, setZone] = useState<string | null>(site?.zone ?? 'Europe/Berlin');
  const save = useAction(async () => {
    if (!land || !zone) return;
    const facts = { name: name.trim(), land, municipality: municipality.trim() || null, zone };
    await (site ? call(on.changeSite, { id: site.id, ...facts }) : call(on.addSite, facts));
    await onDone();
    onClose();
  });
  return (
    <FormDialog
      title={site ? t('teams.changeSite', { name: site.name }) : t('teams.addSite')}
      action={save}
      disabled={!land || !zone}
      onClose={onClose}
    >
      <Field label={t('teams.name')} error={save.fieldProblem('name')}>
        <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('welcome.land')} hint={t('welcome.landHint')}>
        <Select options={laender.map((value) => ({ value, label: t(`laender.${value}`) }))} value={land} onChange={setLand} />
      </Field>
      <Field label={t('teams.municipality')} hint={t('teams.municipalityHint')} error={save.fieldProblem('municipality')}>
        <Input maxLength={80} value={municipality} onChange={(event) => setMunicipality(event.target.value)} />
      </Field>
      <Field label={t('teams.zone')} hint={t('teams.zoneHint')} error={save.fieldProblem('zone')}>
        <Combobox
          choices={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
          value={zone}
          onChange={setZone}
          emptyText={t('teams.zoneNone')}
        />
      </Field>
    </FormDialog>
  );
}

/** Asked first; where people or teams still belong to it, says who. */
function RemoveSite({ site, onDone, onClose }: Props & { site: Site }) {
  const t = useText('workspace');
  const general = useText('platform');
  const people = useRecords<Person, Person[]>('person', (all) => all.filter(({ siteId }) => siteId === site.id));
  const teams = useTeams().filter(({ siteId }) => siteId === site.id);
  const remove = useAction(async () => {
    await call(on.removeSite, { id: site.id });
    await onDone();
    notify({ title: t('teams.siteRemoved') });
    onClose();
  });
  const who = [...teams, ...people].map(({ name }) => name).join(', ');
  return (
    <AlertDialog
      open
      danger
      title={t('teams.removeSiteTitle', { name: site.name })}
      confirm={who ? undefined : t('teams.removeSite')}
      cancel={who ? general('close') : general('cancel')}
      busy={remove.isBusy}
      onConfirm={() => void remove.run()}
      onCancel={onClose}
    >
      {who ? t('teams.siteInUse', { who }) : t('teams.removeSiteText')}
      <ProblemBanner problem={remove.problem} className="mt-3" />
    </AlertDialog>
  );
}
