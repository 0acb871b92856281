import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { type ReactNode, useRef } from 'react';
import { cx } from '../cx.ts';
import { useOverflow } from './use-overflow.ts';

export interface Column<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  right?: boolean;
}

/** A plain table that scrolls sideways inside itself when narrow, so that the page never does; its edges then show that there is more. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const more = useOverflow(box);
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-surface">
      <div ref={box} className="relative overflow-x-auto" tabIndex={0} role="group" aria-label={caption}>
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="border-b border-line bg-sunken text-xs text-muted">
              {columns.map((column) => (
                <th key={column.id} scope="col" className={`px-3 py-2 font-medium ${column.right ? 'text-right' : ''}`}>
                  {column.label || <span className="sr-only">{column.id}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} className="border-b border-line last:border-0">
                {columns.map((column) => (
                  <td key={column.id} className={`px-3 py-2 align-middle ${column.right ? 'text-right tabular-nums' : ''}`}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more.left && <Edge side="left" />}
      {more.right && <Edge side="right" />}
    </div>
  );
}

/** Stands over the last visible column and says that it goes on; never in the way of the pointer. */
function Edge({ side }: { side: 'left' | 'right' }) {
  const Sign = side === 'left' ? ChevronLeft : ChevronRight;
  return (
    <span
      aria-hidden="true"
      className={cx(
        'pointer-events-none absolute inset-y-0 flex w-10 from-surface to-transparent pt-2 text-muted',
        side === 'left' ? 'left-0 justify-start bg-linear-to-r' : 'right-0 justify-end bg-linear-to-l',
      )}
    >
      <Sign className="size-4" />
    </span>
  );
}
