import type { OutputOf } from '../../../../contract/core.ts';
import type { MergeField, preferences } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import type { on } from '../api.ts';
import { languageName } from '../language-name.ts';

export interface MergeRow {
  id: string;
  label: string;
  /** What the one who stays has now, and the one who joins. */
  into: string;
  from: string;
  /** Whose value holds afterwards. */
  holds: 'into' | 'from';
}

type Wishes = Partial<(typeof preferences)['_output']>;
const wishes = ['channel', 'quietHours', 'deliveryWish', 'accessibility'] as const;
const salutations = ['formal', 'informal', 'neutral', 'none'] as const;

/** A merge's preview in words; wishes are told one by one, though one side's hold together. */
export function useMergeRows(): (preview: OutputOf<typeof on.previewMerge>) => MergeRow[] {
  const t = useText('customers');
  const { date } = useFormats();
  const text = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : '–');
  const say: Record<Exclude<MergeField, 'preferences'>, (value: unknown) => string> = {
    name: text,
    number: text,
    since: (value) => (typeof value === 'string' ? date(value) : '–'),
    locale: (value) => (typeof value === 'string' ? languageName(value, currentLanguage()) : '–'),
    languages: (value) =>
      Array.isArray(value) && value.length > 0 ? value.map((one) => languageName(String(one), currentLanguage())).join(', ') : '–',
    salutation: (value) => {
      const known = salutations.find((one) => one === value);
      return known ? t(`salutation.${known}`) : '–';
    },
  };
  const wish = (value: Wishes, which: (typeof wishes)[number]): string => {
    if (which === 'quietHours') return value.quietHours ? t('preferences.quiet', value.quietHours) : '–';
    if (which === 'accessibility') return value.accessibility?.join(', ') || '–';
    return text(value[which]);
  };
  const rows = (field: MergeField, into: unknown, from: unknown, holds: MergeRow['holds']): MergeRow[] => {
    if (field !== 'preferences')
      return [{ id: field, label: t(`merge.fields.${field}`), into: say[field](into), from: say[field](from), holds }];
    return wishes
      .map((which) => ({
        id: which,
        label: t(`merge.fields.${which}`),
        into: wish((into ?? {}) as Wishes, which),
        from: wish((from ?? {}) as Wishes, which),
        holds,
      }))
      .filter((row) => row.into !== row.from);
  };
  return ({ taken, conflicts }) => [
    ...taken.flatMap(({ field, value, before }) => rows(field, before, value, 'from')),
    ...conflicts.flatMap(({ field, kept, dropped }) => rows(field, kept, dropped, 'into')),
  ];
}
