import BadgeCheck from 'lucide-react/icons/badge-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import type { Identity } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';

/** How to reach and recognise somebody, and how sure we are of each. */
export function IdentityList({
  identities,
  children,
}: {
  identities: readonly Identity[];
  children?: (identity: Identity) => React.ReactNode;
}) {
  const t = useText('customers');
  const { date } = useFormats();
  return (
    <ul className="flex flex-col gap-1.5">
      {identities.map((identity) => (
        <li key={identity.id} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="text-xs text-muted">{t(`identity.kinds.${identity.kind}`)}</span>
          <span className="min-w-0 break-all">{identity.label || identity.value}</span>
          {identity.verifiedAt ? (
            <Badge tone="success" icon={BadgeCheck} title={t('identity.provedOn', { date: date(identity.verifiedAt) })}>
              {t('identity.proved')}
            </Badge>
          ) : (
            <Badge icon={CircleHelp}>{t('identity.claimed')}</Badge>
          )}
          {children?.(identity)}
        </li>
      ))}
    </ul>
  );
}
