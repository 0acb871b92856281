import { useQuery } from '@tanstack/react-query';
import ShieldAlert from 'lucide-react/icons/shield-alert';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { call } from '../../../../platform/api/call.ts';
import { AsOf } from '../../../../platform/as-of.tsx';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { Button } from '../../../../ui/button.tsx';
import { on } from '../../api.ts';
import { Card } from '../../components/card.tsx';

/** Whether the log is as it was written: the server computes every link anew. */
export function AuditChain() {
  const t = useText('workspace');
  const general = useText('platform');
  const { full, number } = useFormats();
  // Every look computes the whole chain, so not again with every visit.
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['workspace', 'audit', 'chain'],
    queryFn: () => call(on.verifyAudit, {}),
    staleTime: 300_000,
    retry: false,
  });
  const isBroken = data?.intact === false;
  const Sign = isBroken ? ShieldAlert : ShieldCheck;
  return (
    <Card
      title={t('audit.chain')}
      actions={
        <Button busy={isFetching} onClick={() => void refetch()}>
          {t('audit.verify')}
        </Button>
      }
    >
      <div role="status">
        {error ? (
          <p className="text-danger-text">
            <strong>{problemText(error).title}</strong> {problemText(error).help}
          </p>
        ) : !data ? (
          <p className="text-muted">{general('loading')}</p>
        ) : (
          <>
            <p className={isBroken ? 'flex items-start gap-2 font-medium text-danger-text' : 'flex items-start gap-2 text-success-text'}>
              <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              {isBroken
                ? t('audit.broken', { n: number(data.brokenAt ?? 0) })
                : t('audit.intact', { count: data.entries, n: number(data.entries) })}
            </p>
            <p className="mt-1 text-muted">{isBroken ? t('audit.brokenHint') : t('audit.verified', { at: full(dataUpdatedAt) })}</p>
            <AsOf at={data.asOf} />
            {data.head && (
              <p className="mt-1 text-xs text-muted">
                {t('audit.head')} <code className="font-mono break-all">{data.head}</code>
              </p>
            )}
          </>
        )}
      </div>
    </Card>
  );
}
