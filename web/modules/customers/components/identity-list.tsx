import BadgeCheck from 'lucide-react/icons/badge-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { Fragment, type ReactNode } from 'react';
import type { Identity } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { addressOf } from '../name.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';

const proofs = ['link_signed', 'login', 'call_back', 'agent_checked', 'import'] as const;

/** When an identity was proved, and by what. */
export function useEvidence(): (identity: Identity) => string {
  const t = useText('customers');
  const { date } = useFormats();
  return ({ verifiedAt, evidence }) => {
    if (!verifiedAt) return t('identity.claimed');
    const known = proofs.find((one) => one === evidence);
    const on = t('identity.provedOn', { date: date(verifiedAt) });
    return known ? `${on}: ${t(`identity.evidence.${known}`)}` : on;
  };
}

/** How to reach and recognise somebody, and how sure we are of each. */
export function IdentityList({
  identities,
  detailed = false,
  inPane = false,
  children,
}: {
  identities: readonly Identity[];
  /** Says beside each how and when it was proved. */
  detailed?: boolean;
  /** In the columns of a pane. */
  inPane?: boolean;
  children?: (identity: Identity) => ReactNode;
}) {
  const t = useText('customers');
  const evidenceOf = useEvidence();
  return (
    <ul className="flex flex-col gap-1.5">
      {identities.map((identity) => (
        <li key={identity.id} className={inPane ? 'pane-lines' : 'flex flex-wrap items-center gap-x-2 gap-y-0.5'}>
          <span className={inPane ? 'text-muted' : 'text-xs text-muted'}>{t(`identity.kinds.${identity.kind}`)}</span>
          <span className="min-w-0 wrap-anywhere">{breakable(addressOf(identity.label || identity.value))}</span>
          <span className={inPane ? 'col-start-2 -mt-0.5' : 'contents'}>
            {identity.verifiedAt ? (
              <Badge tone="success" icon={BadgeCheck} title={evidenceOf(identity)}>
                {t('identity.proved')}
              </Badge>
            ) : (
              <Badge icon={CircleHelp}>{t('identity.claimed')}</Badge>
            )}
          </span>
          {detailed && identity.verifiedAt && <span className="text-xs text-muted">{evidenceOf(identity)}</span>}
          {children?.(identity)}
        </li>
      ))}
    </ul>
  );
}

/** An address breaks after its @ before it breaks within a word. */
const breakable = (value: string): ReactNode =>
  value.split(/(?<=@)/).map((part, n) => (
    <Fragment key={part}>
      {n > 0 && <wbr />}
      {part}
    </Fragment>
  ));
