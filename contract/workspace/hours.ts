import { z } from 'zod';
import { endpoint, id, instant } from '../core.ts';
import { byId, label } from './records.ts';

/** What a holiday is called; the interface has the words. */
export const holidayName = z.enum([
  'new_year',
  'epiphany',
  'womens_day',
  'good_friday',
  'easter_sunday',
  'easter_monday',
  'labour_day',
  'ascension',
  'whit_sunday',
  'whit_monday',
  'corpus_christi',
  'augsburg_peace',
  'assumption',
  'childrens_day',
  'unity_day',
  'reformation',
  'all_saints',
  'repentance',
  'christmas_day',
  'boxing_day',
]);
export type HolidayName = z.infer<typeof holidayName>;

/** Holidays that single municipalities of a Land have, and the Länder there are such in. */
export const municipalLaender = { assumption: ['BY'], augsburg_peace: ['BY'], corpus_christi: ['SN', 'TH'] } as const;
export const municipalHoliday = z.enum(['assumption', 'augsburg_peace', 'corpus_christi']);
export type MunicipalHoliday = z.infer<typeof municipalHoliday>;

/** From the first minute that is open to the first that is not, in minutes after midnight on the site's clocks: 480 to 1200 is eight to twenty hours. */
export const openWindow = z.object({ from: z.number().int().min(0).max(1_439), to: z.number().int().min(1).max(1_440) });
export type OpenWindow = z.infer<typeof openWindow>;

/** A day's windows, in order, none into another; without one the day is closed. */
export const openWindows = z
  .array(openWindow)
  .max(6)
  .refine(
    (all) => all.every(({ from, to }, index) => from < to && (all[index - 1]?.to ?? 0) <= from),
    'Each window ends after it begins, and not before the one before it.',
  );

const date = z.iso.date();
/** A day unlike others, be it a holiday or a Sunday: its windows are all that holds of it. */
export const specialDay = z.object({ date, name: label, windows: openWindows });
export type SpecialDay = z.infer<typeof specialDay>;

const settable = {
  /** Monday to Sunday. */
  week: z.array(openWindows).length(7),
  municipal: z.array(municipalHoliday).max(3),
  special: z
    .array(specialDay)
    .max(400)
    .refine((days) => new Set(days.map((day) => day.date)).size === days.length, 'Each date comes once.'),
};

/** When a site is open: what clocks of business hours run by. Earlier hours stay true for what began under them. */
export const siteHours = z.object({
  siteId: z.string(),
  /** Null while nobody has set any: then they are the usual ones, Monday to Friday from 8 to 20, Saturday from 9 to 16. */
  validFrom: instant.nullable(),
  ...settable,
  /** The holidays of the next twelve months, special days left out. */
  holidays: z.array(z.object({ date, holiday: holidayName })),
  isOpen: z.boolean(),
  /** When it next opens or closes; null when it does not within the next four hundred days. */
  changesAt: instant.nullable(),
});
export type SiteHours = z.infer<typeof siteHours>;

/** What is counted in a site's working time. `morning`: when it opens on the so-manieth day of work after today; `days`: when it closes on it. */
export const workingUnits = ['hours', 'days', 'morning'] as const;
export type WorkingUnit = (typeof workingUnits)[number];

export const hoursEndpoints = {
  getHours: endpoint({
    method: 'GET',
    path: '/sites/:id/hours',
    summary: 'When a relation centre is open, and its next holidays.',
    access: 'signed_in',
    input: byId,
    output: siteHours,
  }),
  setHours: endpoint({
    method: 'PUT',
    path: '/sites/:id/hours',
    summary: 'Sets when a relation centre is open from now on. What began before keeps the hours that held then.',
    access: 'manage_workspace',
    input: z.object({ id, ...settable }),
    output: siteHours,
  }),
  workingTime: endpoint({
    method: 'GET',
    path: '/working-time',
    summary:
      'When so much working time has passed: hours that a team is open, or days on which it is. By the opening hours of its relation centre; without a team, of the first centre.',
    access: 'signed_in',
    input: z.object({
      teamId: id.optional(),
      unit: z.enum(workingUnits),
      amount: z.coerce.number().int().min(1).max(400).default(1),
      /** From when on; now, when left out. */
      from: instant.optional(),
    }),
    /** Null where it does not open often enough within the next four hundred days. */
    output: z.object({ at: instant.nullable() }),
  }),
};
