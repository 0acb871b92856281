import { useQuery } from '@tanstack/react-query';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { on } from '../api.ts';
import { browserName } from '../components/browser-name.ts';
import { Card } from '../components/card.tsx';

/** Where one is signed in. */
export function Sessions() {
  const t = useText('workspace');
  const { full } = useFormats();
  const query = useQuery({ queryKey: ['workspace', 'sessions'], queryFn: () => call(on.listSessions, {}) });
  const { data, refetch } = query;
  return (
    <Card
      title={t('account.sessions')}
      hint={t('sessions.hint')}
      actions={
        (data?.items.length ?? 0) > 1 && (
          <Button onClick={() => void call(on.endOtherSessions, {}).then(() => refetch())}>{t('sessions.endOthers')}</Button>
        )
      }
    >
      <Loaded query={query} lines={2}>
        {({ items }) => (
          <ul>
            {items.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-2 last:border-0">
                <span>
                  {browserName(session.userAgent)}{' '}
                  <span className="text-xs text-muted">{t('sessions.seen', { at: full(session.lastSeenAt) })}</span>
                </span>
                {session.current ? (
                  <Badge tone="success">{t('sessions.this')}</Badge>
                ) : (
                  <Button small onClick={() => void call(on.endSession, { id: session.id }).then(() => refetch())}>
                    {t('sessions.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
