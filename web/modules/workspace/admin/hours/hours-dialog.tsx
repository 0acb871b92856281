import { useQuery, useQueryClient } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { type MunicipalHoliday, municipalLaender, type Site, type SiteHours } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../../platform/loaded.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/form/checkbox.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';
import { notify } from '../../../../ui/overlay/notify.ts';
import { on } from '../../api.ts';
import { readWindows, windowsText } from './windows-text.ts';

const hoursQuery = (siteId: string) => ({ queryKey: ['workspace', 'hours', siteId], queryFn: () => call(on.getHours, { id: siteId }) });

/** When a site is open: what every clock of business hours runs by. */
export function HoursDialog({ site, mayChange, onClose }: { site: Site; mayChange: boolean; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const query = useQuery(hoursQuery(site.id));
  if (query.data && mayChange) return <HoursForm site={site} hours={query.data} onClose={onClose} />;
  return (
    <Dialog open wide onClose={onClose} title={t('hours.title', { name: site.name })} closeLabel={general('close')}>
      <div className="flex min-h-64 flex-col gap-4 pb-3">
        <Loaded query={query}>{(hours) => <ReadHours hours={hours} />}</Loaded>
      </div>
    </Dialog>
  );
}

interface Special {
  /** Of the line, while its date is being written. */
  key: number;
  date: string;
  name: string;
  text: string;
}

function HoursForm({ site, hours, onClose }: { site: Site; hours: SiteHours; onClose: () => void }) {
  const t = useText('workspace');
  const client = useQueryClient();
  const [week, setWeek] = useState(() => hours.week.map(windowsText));
  const [municipal, setMunicipal] = useState<readonly MunicipalHoliday[]>(hours.municipal);
  const [special, setSpecial] = useState<readonly Special[]>(() =>
    hours.special.map(({ date, name, windows }, key) => ({ key, date, name, text: windowsText(windows) })),
  );
  const [leftWrong, setLeftWrong] = useState(false);
  const read = week.map(readWindows);
  const days = special.map((day) => ({ ...day, windows: readWindows(day.text) }));
  const isWrong = read.includes(undefined) || days.some(({ windows }) => !windows);
  const save = useAction(async () => {
    setLeftWrong(isWrong);
    if (isWrong) return;
    const set = await call(on.setHours, {
      id: site.id,
      week: read.map((windows) => windows ?? []),
      municipal: [...municipal],
      special: days.map(({ date, name, windows }) => ({ date, name: name.trim(), windows: windows ?? [] })),
    });
    client.setQueryData(hoursQuery(site.id).queryKey, set);
    notify({ title: t('hours.saved', { name: site.name }) });
    onClose();
  });
  const problemOf = (text: string) => (leftWrong && !readWindows(text) ? t('hours.unreadable') : null);
  const change = (key: number, part: Partial<Special>) =>
    setSpecial((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const offered = (Object.keys(municipalLaender) as MunicipalHoliday[]).filter((holiday) =>
    (municipalLaender[holiday] as readonly string[]).includes(site.land),
  );
  return (
    <FormDialog wide title={t('hours.title', { name: site.name })} description={t('hours.intro')} action={save} onClose={onClose}>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-semibold">{t('hours.week')}</legend>
        {weekdays().map((name, index) => (
          <Field key={name} label={name} className="grid grid-cols-[7rem_1fr] items-center" error={problemOf(week[index] ?? '')}>
            <Input
              value={week[index] ?? ''}
              placeholder={t('hours.closed')}
              onChange={({ target }) => setWeek((all) => all.with(index, target.value))}
            />
          </Field>
        ))}
        <p className="text-xs text-muted">{t('hours.hint')}</p>
      </fieldset>
      <div className="flex flex-col gap-5">
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-semibold">{t('hours.special')}</legend>
          {days.length === 0 && <p className="text-xs text-muted">{t('hours.specialHint')}</p>}
          {days.map((day) => {
            const which = day.name || day.date || t('hours.newDay');
            return (
              <div key={day.key} className="flex flex-col gap-2 rounded-md border border-line p-2">
                <div className="flex items-center gap-2">
                  <Input
                    type="date"
                    required
                    min="2000-01-01"
                    max="9999-12-31"
                    className="w-36"
                    aria-label={t('hours.dateOf', { which })}
                    value={day.date}
                    onChange={({ target }) => change(day.key, { date: target.value })}
                  />
                  <Input
                    className="min-w-0 flex-1"
                    aria-label={t('hours.hoursOf', { which })}
                    aria-invalid={problemOf(day.text) ? true : undefined}
                    placeholder={t('hours.closed')}
                    value={day.text}
                    onChange={({ target }) => change(day.key, { text: target.value })}
                  />
                  <IconButton
                    small
                    icon={X}
                    label={t('hours.removeDay', { which })}
                    onClick={() => setSpecial((all) => all.filter(({ key }) => key !== day.key))}
                  />
                </div>
                <Input
                  required
                  maxLength={80}
                  aria-label={t('hours.nameOf', { which })}
                  placeholder={t('hours.occasion')}
                  value={day.name}
                  onChange={({ target }) => change(day.key, { name: target.value })}
                />
                {problemOf(day.text) && (
                  <p role="alert" className="text-xs font-medium text-danger-text">
                    {problemOf(day.text)}
                  </p>
                )}
              </div>
            );
          })}
          <Button
            icon={Plus}
            className="self-start"
            onClick={() =>
              setSpecial((all) => [...all, { key: Math.max(0, ...all.map(({ key }) => key)) + 1, date: '', name: '', text: '' }])
            }
          >
            {t('hours.addDay')}
          </Button>
        </fieldset>
        {offered.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-semibold">{t('hours.municipal')}</legend>
            {offered.map((holiday) => (
              <Checkbox
                key={holiday}
                label={t(`holidays.${holiday}`)}
                checked={municipal.includes(holiday)}
                onChange={(is) => setMunicipal((all) => (is ? [...all, holiday] : all.filter((one) => one !== holiday)))}
              />
            ))}
          </fieldset>
        )}
        <Holidays hours={hours} land={site.land} />
      </div>
    </FormDialog>
  );
}

/** For whoever may look but not change. */
function ReadHours({ hours }: { hours: SiteHours }) {
  const t = useText('workspace');
  const { date } = useFormats();
  const names = weekdays();
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <dl className="grid grid-cols-[8rem_1fr] gap-y-1">
        {hours.week.map((windows, index) => (
          <div key={names[index]} className="contents">
            <dt className="text-muted">{names[index]}</dt>
            <dd>{windowsText(windows) || t('hours.closed')}</dd>
          </div>
        ))}
        {hours.special.map((day) => (
          <div key={day.date} className="contents">
            <dt className="text-muted">{date(`${day.date}T12:00:00Z`)}</dt>
            <dd>
              {day.name}: {windowsText(day.windows) || t('hours.closed')}
            </dd>
          </div>
        ))}
      </dl>
      <Holidays hours={hours} />
    </div>
  );
}

function Holidays({ hours, land }: { hours: SiteHours; land?: string }) {
  const t = useText('workspace');
  const { date } = useFormats();
  return (
    <section>
      <h3 className="mb-1 font-semibold">{land ? t('hours.holidaysIn', { land: t(`laender.${land}`) }) : t('hours.holidays')}</h3>
      <ul className="text-xs text-muted">
        {hours.holidays.map((day) => (
          <li key={day.date} className="flex gap-2">
            <span className="w-24 tabular-nums">{date(`${day.date}T12:00:00Z`)}</span>
            <span>{t(`holidays.${day.holiday}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Monday to Sunday, as the language calls them; 5 January 1970 was a Monday. */
const weekdays = (): string[] => {
  const format = new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(1970, 0, 5 + day)));
};
