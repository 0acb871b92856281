import { useState } from 'react';

/** One of a list whose order counts; `key` is of the line, whatever it is called and wherever it stands. */
export interface Line<T> {
  key: number;
  item: T;
}

export interface Lines<T> {
  shown: readonly Line<T>[];
  /** Whether it differs from what is saved. */
  isChanged: boolean;
  /** In place of the line, or as a new one before all others. */
  put: (line: Line<T> | null, item: T) => void;
  move: (line: Line<T>, by: -1 | 1) => void;
  remove: (line: Line<T>) => void;
  /** Back to what is saved. */
  undo: () => void;
}

/** A list that is changed as one likes and then saved whole. */
export function useLines<T>(saved: readonly T[]): Lines<T> {
  const asSaved = (): Line<T>[] => saved.map((item, key) => ({ key, item }));
  const [changed, setChanged] = useState<Line<T>[] | null>(null);
  const change = (make: (all: Line<T>[]) => Line<T>[]) => setChanged(make(changed ?? asSaved()));
  return {
    shown: changed ?? asSaved(),
    isChanged: changed !== null,
    put: (line, item) =>
      change((all) =>
        line
          ? all.map((one) => (one.key === line.key ? { ...one, item } : one))
          : [{ key: Math.max(0, ...all.map(({ key }) => key)) + 1, item }, ...all],
      ),
    move: ({ key }, by) =>
      change((all) => {
        const at = all.findIndex((line) => line.key === key);
        const [line] = all.slice(at, at + 1);
        return line ? all.toSpliced(at, 1).toSpliced(at + by, 0, line) : all;
      }),
    remove: ({ key }) => change((all) => all.filter((line) => line.key !== key)),
    undo: () => setChanged(null),
  };
}
