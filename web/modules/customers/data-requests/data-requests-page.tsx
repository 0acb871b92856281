import { useQuery } from '@tanstack/react-query';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { DataSubject } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { queries } from '../../../platform/realtime/live.ts';
import { useQueryParam } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Page, useRight } from '../../workspace/index.ts';
import { findDataSubjects } from '../api.ts';
import { nameOf } from '../name.ts';
import { ArchiveDialog } from './archive-dialog.tsx';
import { type Decision, DecisionDialog } from './decision-dialog.tsx';

const listKey = ['customers', 'data-subjects'];

/** For data protection: finds a person, also one who does not exist for service, and restricts, lifts or erases. */
export default function DataRequestsPage() {
  const t = useText('customers');
  const asked = useQueryParam('q');
  const [typed, setTyped] = useState(asked ?? '');
  const [decision, setDecision] = useState<{ what: Decision; subject: DataSubject } | null>(null);
  const [read, setRead] = useState<DataSubject | null>(null);
  const q = typed.trim();
  const query = useQuery({ queryKey: [...listKey, q], queryFn: () => findDataSubjects(q), placeholderData: (before) => before });
  const close = (): void => {
    setDecision(null);
    void queries.invalidateQueries({ queryKey: listKey });
  };
  return (
    <Page title={t('data.title')} intro={t('data.intro')}>
      <Input
        type="search"
        aria-label={t('data.search')}
        placeholder={t('data.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Loaded query={query} lines={6}>
        {({ items, more }) =>
          items.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t(q ? 'data.nobody' : 'data.none')}>
              {t(q ? 'data.nobodyHint' : 'data.noneHint')}
            </EmptyState>
          ) : (
            <section aria-label={t(q ? 'data.found' : 'data.restrictedList')} className="flex flex-col gap-2">
              <ul className="overflow-hidden rounded-lg border border-line bg-surface">
                {items.map((subject) => (
                  <Subject
                    key={subject.id}
                    subject={subject}
                    onDecide={(what) => setDecision({ what, subject })}
                    onRead={() => setRead(subject)}
                  />
                ))}
              </ul>
              {more && <p className="text-muted">{t('data.more')}</p>}
            </section>
          )
        }
      </Loaded>
      {decision && <DecisionDialog {...decision} onClose={close} />}
      {read && <ArchiveDialog subject={read} onClose={() => setRead(null)} />}
    </Page>
  );
}

interface SubjectProps {
  subject: DataSubject;
  onDecide: (what: Decision) => void;
  onRead: () => void;
}

function Subject({ subject, onDecide, onRead }: SubjectProps) {
  const t = useText('customers');
  const { date } = useFormats();
  const mayRead = useRight('archive');
  const name = nameOf(subject.displayName);
  const { restrictedAt, lettersKeptUntil } = subject;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{name}</span>
          {subject.number && <span className="text-muted">{t('panel.number', { number: subject.number })}</span>}
        </p>
        <p className="break-words text-muted">{subject.addresses.join(', ')}</p>
        {lettersKeptUntil ? (
          <Badge tone="warn">{t('data.lettersUntil', { date: date(lettersKeptUntil) })}</Badge>
        ) : (
          restrictedAt && <Badge tone="warn">{t('data.restrictedSince', { date: date(restrictedAt) })}</Badge>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {subject.status === 'active' && (
          <Button aria-label={t('data.restrict.of', { name })} onClick={() => onDecide('restrict')}>
            {t('data.restrict.action')}
          </Button>
        )}
        {subject.status === 'restricted' && mayRead && (
          <Button aria-label={t('data.archive.of', { name })} onClick={onRead}>
            {t('data.archive.action')}
          </Button>
        )}
        {subject.status === 'restricted' && !subject.erasureAskedAt && (
          <Button aria-label={t('data.lift.of', { name })} onClick={() => onDecide('lift')}>
            {t('data.lift.action')}
          </Button>
        )}
        {lettersKeptUntil ? (
          <Button aria-label={t('data.erase.restOf', { name })} onClick={() => onDecide('erase')}>
            {t('data.erase.rest')}
          </Button>
        ) : (
          <Button aria-label={t('data.erase.of', { name })} onClick={() => onDecide('erase')}>
            {t('data.erase.action')}
          </Button>
        )}
      </div>
    </li>
  );
}
