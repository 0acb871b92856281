import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Case, CaseDetail, Handover, Statement } from '../../../contract/cases.ts';
import { queries } from '../../platform/realtime/live.ts';
import { watch } from '../../platform/realtime/stream.ts';
import { useRecord, useRecords } from '../../platform/store/use-records.ts';
import { openCase } from './api.ts';

const key = (id: string | null | undefined): readonly unknown[] => ['cases', 'detail', id];
export const refreshCase = (id: string): Promise<void> => queries.invalidateQueries({ queryKey: key(id) });

export interface OpenCase {
  kase: Case | undefined;
  detail: CaseDetail | undefined;
  statements: readonly Statement[];
  handovers: readonly Handover[];
  error: unknown;
}

/** A case as it is known here: read once, kept true by the stream. */
export function useCase(id: string | null | undefined): OpenCase {
  const { data: detail, error } = useQuery({ queryKey: key(id), queryFn: () => openCase(id ?? ''), enabled: Boolean(id) });
  const kase = useRecord<Case>('case', id);
  const statements = useRecords<Statement, Statement[]>('statement', (all) =>
    all.filter((statement) => statement.caseId === id).toSorted((a, b) => a.saidAt.localeCompare(b.saidAt)),
  );
  const handovers = useRecords<Handover, Handover[]>('handover', (all) =>
    all.filter((handover) => handover.caseId === id).toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)),
  );
  useEffect(() => (id ? watch('case', id) : undefined), [id]);
  // Abilities follow state and owner; conversations join and leave.
  const standing = kase && `${kase.state} ${kase.ownerId ?? ''} ${kase.conversationIds.join()}`;
  const readAs = detail && `${detail.case.state} ${detail.case.ownerId ?? ''} ${detail.case.conversationIds.join()}`;
  useEffect(() => {
    if (id && standing && readAs && standing !== readAs) void refreshCase(id);
  }, [id, standing, readAs]);
  return { kase, detail, statements, handovers, error };
}

/** Promises that still bind us, the one due first on top. */
export const openCommitments = (statements: readonly Statement[]): Statement[] =>
  statements
    .filter(({ kind, state }) => kind === 'commitment' && (state === 'open' || state === 'broken'))
    .toSorted((a, b) => (a.dueTo ?? '').localeCompare(b.dueTo ?? ''));

/** The hand-over that waits for somebody, if any. */
export const pendingHandover = (handovers: readonly Handover[]): Handover | undefined =>
  handovers.findLast(({ state }) => state === 'briefed' || state === 'read');
