import type { ReactNode } from 'react';
import type { KnownFact } from '../../../../contract/cases.ts';
import type { Customer, Identity } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { useChannelName } from '../../channels/index.ts';
import { Card, PersonName } from '../../workspace/index.ts';
import { useEvidence } from '../components/identity-list.tsx';
import { languageName } from '../language-name.ts';
import { useKnown } from './use-known.ts';

interface Line {
  key: string;
  label: string;
  value: ReactNode;
  /** From where and since when. */
  from: ReactNode;
}

/** What nobody needs to ask this person again, each with its source and its date: noted in whatever concern, proved, or wished. */
export function KnownFacts({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const { data } = useKnown(customer.id);
  const own = useOwn(customer);
  const factLine = useFactLine();
  if (!data) return null;
  return (
    <Card title={t('known.title')} hint={t('known.hint')}>
      <Lines lines={[...data.facts.map(factLine), ...own]} none={t('known.none')} />
      {data.lockedCases > 0 && <p className="mt-2 text-xs text-muted">{t('known.locked', { count: data.lockedCases })}</p>}
    </Card>
  );
}

/** The same beside a conversation, without what its own case says above. */
export function KnownElsewhere({ customer, caseId }: { customer: Customer; caseId: string | null }) {
  const t = useText('customers');
  const { data } = useKnown(customer.id);
  const factLine = useFactLine();
  const elsewhere = (data?.facts ?? []).flatMap((fact) => {
    const here = fact.values.some((one) => one.case.id === caseId);
    return here ? [] : [factLine(fact)];
  });
  if (elsewhere.length === 0) return null;
  return (
    <section aria-label={t('known.title')}>
      <h3 className="mb-1 font-semibold">{t('known.title')}</h3>
      <Lines lines={elsewhere} none="" />
    </section>
  );
}

function Lines({ lines, none }: { lines: readonly Line[]; none: string }) {
  if (lines.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <dl className="pane-lines">
      {lines.map(({ key, label, value, from }) => (
        <div key={key} className="contents">
          <dt className="wrap-anywhere hyphens-auto text-muted">{label}</dt>
          <dd className="min-w-0">
            <span dir="auto" className="wrap-anywhere">
              {value}
            </span>
            <span className="block text-xs text-muted">{from}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const mostEarlier = 3;
const sources = ['adviser', 'customer', 'carrier'] as const;

/** What was said last stands first; what was said before differs and may hold as well, as with orders. */
function useFactLine(): (fact: KnownFact) => Line {
  const t = useText('customers');
  const { date } = useFormats();
  return ({ key, label, values }) => {
    const [last, ...earlier] = values;
    const known = sources.find((one) => one === last?.source);
    return {
      key,
      label,
      value: last?.value,
      from: last && (
        <>
          {known ? t(`known.sources.${known}`) : last.source} · {date(last.at)} ·{' '}
          <AppLink to={`/cases/${last.case.id}`} className="underline">
            {last.case.number}
          </AppLink>
          {earlier.length > 0 && (
            <span dir="auto" className="block wrap-anywhere">
              {t('known.earlier', {
                values: earlier
                  .slice(0, mostEarlier)
                  .map(({ value }) => value)
                  .join(', '),
              })}
              {earlier.length > mostEarlier && ' …'}
            </span>
          )}
        </>
      ),
    };
  };
}

/** What is known of the person beside all concerns: what is proved, and how they like it. */
function useOwn({ identities, preferences, adviserWish, locale, languages }: Customer): Line[] {
  const t = useText('customers');
  const evidenceOf = useEvidence();
  const channel = useChannelName(preferences.channel ?? '');
  const spoken = [...new Set([...(locale ? [locale] : []), ...languages])];
  const wish = (key: string, label: string, value: string | null | undefined): Line[] =>
    value ? [{ key: `wish.${key}`, label, value, from: t('known.wished') }] : [];
  const proved = identities.filter((one): one is Identity & { verifiedAt: string } => one.verifiedAt !== null);
  return [
    ...proved.map((one) => ({
      key: `identity.${one.id}`,
      label: t(`identity.kinds.${one.kind}`),
      value: one.label || one.value,
      from: evidenceOf(one),
    })),
    ...(adviserWish
      ? [
          {
            key: 'wish.adviser',
            label: t('adviserWish.short'),
            value: <PersonName id={adviserWish.personId} />,
            from: t('adviserWish.quote', { words: adviserWish.words }),
          },
        ]
      : []),
    ...wish('channel', t('page.preferredChannel'), preferences.channel && channel),
    ...wish('quiet', t('page.quietHours'), preferences.quietHours && t('page.quietBetween', preferences.quietHours)),
    ...wish('delivery', t('page.wish'), preferences.deliveryWish),
    ...wish('help', t('page.accessibility'), preferences.accessibility.join(', ')),
    ...wish('languages', t('page.languages'), spoken.map((one) => languageName(one, currentLanguage())).join(', ')),
  ];
}
