import BadgeCheck from 'lucide-react/icons/badge-check';
import type { Customer } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { languageName } from '../language-name.ts';

/** How somebody can be reached, what is proved first. */
const reach = ['mail', 'phone', 'handle'] as const;
const mostWays = 4;

/** Under the name: how to reach this person, number, since when, language and form of address. */
export function CustomerHead({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const { date } = useFormats();
  const ways = customer.identities
    .filter(({ kind, value }) => (reach as readonly string[]).includes(kind) && !value.startsWith('unknown:'))
    .toSorted((a, b) => Number(b.verifiedAt !== null) - Number(a.verifiedAt !== null));
  const languages = [...new Set([...(customer.locale ? [customer.locale] : []), ...customer.languages])];
  const facts = [
    customer.number && t('panel.number', { number: customer.number }),
    customer.since && t('head.since', { date: date(customer.since) }),
    languages.length > 0 && t('head.languages', { languages: languages.map((one) => languageName(one, currentLanguage())).join(', ') }),
    customer.salutation !== 'none' && t(`salutation.shown.${customer.salutation}`),
  ].filter((one) => typeof one === 'string');
  return (
    <span className="flex flex-col gap-1">
      {ways.length > 0 && (
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-text">
          {ways.slice(0, mostWays).map((way) => (
            <span key={way.id} className="inline-flex min-w-0 items-center gap-1.5">
              <span className="text-xs text-muted">{t(`identity.kinds.${way.kind}`)}</span>
              <span dir="auto" className="min-w-0 break-all">
                {way.label || way.value}
              </span>
              {way.verifiedAt && (
                <Badge tone="success" icon={BadgeCheck} title={t('identity.provedOn', { date: date(way.verifiedAt) })}>
                  {t('identity.proved')}
                </Badge>
              )}
            </span>
          ))}
          {ways.length > mostWays && <span className="text-muted">{t('head.more', { count: ways.length - mostWays })}</span>}
        </span>
      )}
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {facts.join(' · ')}
        {customer.status !== 'active' && <Badge tone="warn">{t(`status.${customer.status}`)}</Badge>}
      </span>
    </span>
  );
}
