import { useQuery } from '@tanstack/react-query';
import CloudLightning from 'lucide-react/icons/cloud-lightning';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { Storm } from '../../../contract/storms.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, PersonName } from '../workspace/index.ts';
import { stormsQuery } from './api.ts';
import { Proposals } from './declaring/proposals.tsx';
import { StormDialog } from './declaring/storm-dialog.tsx';

/** The storms that are on, those whose review is due, and those of before; for whoever leads. */
export default function StormsPage() {
  const t = useText('storms');
  const query = useQuery(stormsQuery);
  const [isDeclaring, setIsDeclaring] = useState(false);
  return (
    <Page
      title={t('title')}
      intro={t('intro')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setIsDeclaring(true)}>
          {t('declare')}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items, proposals }) => (
          <>
            <Proposals proposals={proposals} />
            {items.length === 0 ? (
              <EmptyState icon={CloudLightning} title={t('none')}>
                {t('noneHint')}
              </EmptyState>
            ) : (
              <ul aria-label={t('title')} className="overflow-hidden rounded-lg border border-line bg-surface">
                {items.map((storm) => (
                  <Row key={storm.id} storm={storm} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
      {isDeclaring && <StormDialog storm={null} onClose={() => setIsDeclaring(false)} />}
    </Page>
  );
}

function Row({ storm: { id, title, ownerId, from, endedAt, reviewDueOn, review } }: { storm: Storm }) {
  const t = useText('storms');
  const { when, date } = useFormats();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-60">
        <h2 dir="auto" className="text-left font-medium break-words">
          <AppLink to={`/storms/${id}`} className="underline underline-offset-2">
            {title}
          </AppLink>
        </h2>
        <p className="text-muted">
          {t('since', { when: when(from) })} · {t('owner')}: <PersonName id={ownerId} />
        </p>
      </div>
      {endedAt === null ? (
        <Badge tone="info">{t('isOn')}</Badge>
      ) : review ? (
        <Badge>{t('reviewed')}</Badge>
      ) : (
        <Badge tone="warn">{t('reviewDue', { date: date(reviewDueOn ?? endedAt) })}</Badge>
      )}
    </li>
  );
}
