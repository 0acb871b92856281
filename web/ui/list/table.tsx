import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  right?: boolean;
}

/** A plain table that scrolls sideways inside itself when narrow, so that the page never does. */
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
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="group" aria-label={caption}>
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
  );
}
