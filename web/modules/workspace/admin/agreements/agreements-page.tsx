import { useQuery } from '@tanstack/react-query';
import Handshake from 'lucide-react/icons/handshake';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { Agreement } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../../platform/loaded.tsx';
import { queries } from '../../../../platform/realtime/live.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { AlertDialog } from '../../../../ui/overlay/alert-dialog.tsx';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { on } from '../../api.ts';
import { Card } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { PersonName } from '../../components/person.tsx';
import { useMe, useRight } from '../../session.ts';
import { useSiteName } from '../sites-query.ts';
import { agreementsKey, agreementsQuery } from './agreements-query.ts';
import { ProposalDialog } from './proposal-dialog.tsx';

/** What could show the conduct of people and is off unless the company and those who speak for its people have agreed on it. */
export default function AgreementsPage() {
  const t = useText('workspace');
  const query = useQuery(agreementsQuery);
  const mayPropose = useRight('propose_agreement');
  const [isProposing, setProposing] = useState(false);
  return (
    <Page
      title={t('admin.agreements')}
      intro={t('agreements.intro')}
      actions={
        mayPropose && (
          <Button look="primary" icon={Plus} onClick={() => setProposing(true)}>
            {t('agreements.add')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={Handshake} title={t('agreements.none')}>
              {t('agreements.noneHint')}
            </EmptyState>
          ) : (
            <ul className="flex flex-col gap-4">
              {items.map((agreement) => (
                <li key={agreement.id}>
                  <AgreementCard agreement={agreement} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {isProposing && <ProposalDialog onClose={() => setProposing(false)} />}
    </Page>
  );
}

const tones = { proposed: 'warn', coming: 'neutral', active: 'success', expired: 'neutral', ended: 'neutral' } as const;

function AgreementCard({ agreement }: { agreement: Agreement }) {
  const t = useText('workspace');
  const general = useText('platform');
  const { full } = useFormats();
  const me = useMe();
  const mayActivate = useRight('activate_agreement');
  const mayEnd = useRight('end_agreement');
  const [asked, setAsked] = useState<'activate' | 'end' | null>(null);
  const siteName = useSiteName();
  const { id, state, siteIds, validFrom, validTo } = agreement;
  const act = useAction(async (what: 'activate' | 'end') => {
    await call(what === 'activate' ? on.activateAgreement : on.endAgreement, { id });
    await queries.invalidateQueries({ queryKey: agreementsKey });
  });
  const sites = siteIds.length === 0 ? t('agreements.allSites') : siteIds.map((site) => siteName(site) ?? '–').join(', ');
  const lines: [string, string][] = [
    [t('agreements.allows'), agreement.features.map((feature) => t(`agreements.feature.${feature}`)).join(', ')],
    [t('agreements.sites'), sites],
    [
      t('agreements.valid'),
      validTo ? t('agreements.fromTo', { from: full(validFrom), to: full(validTo) }) : t('agreements.from', { from: full(validFrom) }),
    ],
    [t('agreements.purpose'), agreement.purpose],
    [t('agreements.basis'), agreement.gdprBasis],
    [t('agreements.necessity'), agreement.necessity],
  ];
  const isOver = state === 'ended' || state === 'expired';
  return (
    <Card
      title={agreement.title}
      hint={t(`agreements.kind.${agreement.kind}`)}
      actions={
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={tones[state]}>{t(`agreements.state.${state}`)}</Badge>
          {state === 'proposed' && mayActivate && agreement.proposedById !== me.person.id && (
            <Button small look="primary" onClick={() => setAsked('activate')}>
              {t('agreements.activate')}
            </Button>
          )}
          {!isOver && mayEnd && (
            <Button small onClick={() => setAsked('end')}>
              {t(state === 'proposed' ? 'agreements.takeBack' : 'agreements.end')}
            </Button>
          )}
        </span>
      }
    >
      <ProblemBanner problem={act.problem} />
      <dl className="grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-[10rem_1fr]">
        {lines.map(([label, text]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="whitespace-pre-line">{text}</dd>
          </div>
        ))}
        <dt className="text-muted">{t('agreements.who')}</dt>
        <dd>
          {t('agreements.entered')} <PersonName id={agreement.proposedById} />
          {agreement.activatedAt && (
            <>
              {'; '}
              {t('agreements.signed', { when: full(agreement.activatedAt) })} <PersonName id={agreement.activatedById} />
            </>
          )}
          {agreement.endedAt && `; ${t('agreements.endedAt', { when: full(agreement.endedAt) })}`}
        </dd>
      </dl>
      {asked && (
        <AlertDialog
          open
          title={t(`agreements.ask.${asked}.title`, { title: agreement.title })}
          confirm={t(`agreements.ask.${asked}.confirm`)}
          cancel={general('cancel')}
          danger={asked === 'end'}
          busy={act.isBusy}
          onCancel={() => setAsked(null)}
          onConfirm={() => void act.run(asked).finally(() => setAsked(null))}
        >
          {t(`agreements.ask.${asked}.text`)}
        </AlertDialog>
      )}
    </Card>
  );
}
