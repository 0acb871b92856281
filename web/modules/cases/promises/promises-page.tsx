import Handshake from 'lucide-react/icons/handshake';
import { useState } from 'react';
import type { CommitmentLine, Statement } from '../../../../contract/cases.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages } from '../../../platform/pages.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { records } from '../../../platform/store/app-store.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { useWide } from '../../../ui/use-wide.ts';
import { nameOf } from '../../customers/index.ts';
import { Page, PersonName, useRight } from '../../workspace/index.ts';
import { DueBadge, isOverdue } from '../components/due-badge.tsx';
import { EvidenceDialog } from '../components/evidence-dialog.tsx';
import { usePromises } from '../waiting.ts';

/** What we owe, the person's own and their teams': what is broken stands on top, then what is due next. */
export default function PromisesPage() {
  const t = useText('cases');
  const [owner, setOwner] = useState<'me' | 'team'>('team');
  const [state, setState] = useState<Shown>('owed');
  const query = usePromises({ owner, state });
  return (
    <Page wide title={t('promises.page')} intro={t('promises.intro')}>
      <div className="flex flex-wrap gap-3">
        <Segmented
          label={t('list.owner')}
          value={owner}
          onChange={setOwner}
          options={[
            { value: 'team', label: t('promises.team') },
            { value: 'me', label: t('promises.mine') },
          ]}
        />
        <Segmented
          label={t('list.state')}
          value={state}
          onChange={setState}
          options={[
            { value: 'owed', label: t('promises.owed') },
            { value: 'open', label: t('promises.open') },
            { value: 'broken', label: t('promises.broken') },
          ]}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            <Lines listed={data.items} state={state} />
            <MorePages query={query} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

type Shown = 'owed' | 'open' | 'broken';
const statesOf: Record<Shown, readonly Statement['state'][]> = { owed: ['open', 'broken'], open: ['open'], broken: ['broken'] };

/** The promises as they are now: what is settled leaves at once, here and by anybody else. */
function Lines({ listed, state }: { listed: readonly CommitmentLine[]; state: Shown }) {
  const t = useText('cases');
  const isWide = useWide('(min-width: 40rem)');
  const now = useRecords<Statement, Statement[]>('statement', () =>
    listed.map(({ statement }) => records.get<Statement>('statement', statement.id) ?? statement),
  );
  const lines = listed.flatMap((line, i): CommitmentLine[] => {
    const statement = now[i] ?? line.statement;
    return statesOf[state].includes(statement.state) ? [{ ...line, statement }] : [];
  });
  const [settling, setSettling] = useState<Statement | null>(null);
  const maySettle = useRight('internal_note');
  const settle = maySettle ? setSettling : null;
  // The one in whose line somebody is, else the one that is due first.
  useShortcuts(
    settle && lines.length > 0
      ? [
          {
            keys: 'e',
            label: t('promises.kept'),
            group: t('promises.page'),
            run: () => {
              const at = document.activeElement?.closest('tr, li')?.querySelector('[data-promise]')?.getAttribute('data-promise');
              settle((lines.find(({ statement }) => statement.id === at) ?? lines[0])?.statement ?? null);
            },
          },
        ]
      : [],
  );
  return (
    <>
      {lines.length === 0 ? (
        <EmptyState icon={Handshake} title={t('promises.nothing')}>
          {t('promises.nothingHint')}
        </EmptyState>
      ) : isWide ? (
        <PromiseTable lines={lines} onSettle={settle} />
      ) : (
        <PromiseCards lines={lines} onSettle={settle} />
      )}
      {settling && <EvidenceDialog statement={settling} what="keep" onClose={() => setSettling(null)} />}
    </>
  );
}

interface Listed {
  lines: readonly CommitmentLine[];
  onSettle: ((statement: Statement) => void) | null;
}

function PromiseTable({ lines, onSettle }: Listed) {
  const t = useText('cases');
  return (
    <Table
      caption={t('promises.page')}
      rows={lines}
      keyOf={(line) => line.statement.id}
      columns={[
        { id: 'due', label: t('statement.due'), cell: ({ statement }) => <DueBadge statement={statement} /> },
        { id: 'text', label: t('statement.text'), cell: ({ statement }) => <bdi className="break-words">{statement.text}</bdi> },
        { id: 'case', label: t('panel.label'), cell: (line) => <CaseLink line={line} /> },
        { id: 'customer', label: t('list.customer'), cell: (line) => <bdi>{nameOf(line.customerName)}</bdi> },
        { id: 'owner', label: t('list.owner'), cell: ({ statement }) => <PersonName id={statement.ownerId} /> },
        ...(onSettle
          ? [
              {
                id: t('promises.settle'),
                label: '',
                right: true,
                cell: (line: CommitmentLine) => <Settle statement={line.statement} onSettle={onSettle} isFirst={line === lines[0]} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** The same for a phone, where a table would have to be pushed to and fro. */
function PromiseCards({ lines, onSettle }: Listed) {
  const t = useText('cases');
  return (
    <ul aria-label={t('promises.page')} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {lines.map((line) => (
        <li key={line.statement.id} className="flex flex-col gap-1.5 px-3 py-2.5">
          <span>
            <DueBadge statement={line.statement} />
          </span>
          <bdi className="font-medium break-words">{line.statement.text}</bdi>
          <span className="text-muted">
            <CaseLink line={line} />
            {' · '}
            <bdi className="break-words">{nameOf(line.customerName)}</bdi>
            {' · '}
            <PersonName id={line.statement.ownerId} />
          </span>
          {onSettle && <Settle statement={line.statement} onSettle={onSettle} />}
        </li>
      ))}
    </ul>
  );
}

const CaseLink = ({ line: { statement, caseNumber } }: { line: CommitmentLine }) => (
  <AppLink to={`/cases/${statement.caseId}`} className="whitespace-nowrap text-accent-text underline tabular-nums">
    {caseNumber}
  </AppLink>
);

/** The key stands where it acts as long as nobody is in another line. */
function Settle({
  statement,
  onSettle,
  isFirst = false,
}: {
  statement: Statement;
  onSettle: (statement: Statement) => void;
  isFirst?: boolean;
}) {
  const t = useText('cases');
  const now = useNow();
  const label = t(isOverdue(statement, now) ? 'promises.madeGood' : 'promises.kept');
  return (
    <span data-promise={statement.id} className="inline-flex items-center gap-1.5 self-start whitespace-nowrap">
      <Button small aria-label={`${label}: ${statement.text}`} onClick={() => onSettle(statement)}>
        {label}
      </Button>
      {isFirst && <Kbd keys="e" />}
    </span>
  );
}
