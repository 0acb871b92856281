import { useCallback, useEffect, useRef, useState } from 'react';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { isProblem } from './problem.ts';

export interface Action<A extends unknown[]> {
  run: (...args: A) => Promise<boolean>;
  isBusy: boolean;
  /** The last refusal in words, null when there was none. */
  problem: { title: string; help: string | undefined } | null;
  /** What the server found wrong with one field of the input. */
  fieldProblem: (path: string) => string | null;
  clear: () => void;
}

/** Something a person sets off: one at a time, with its refusal kept for the form to show. Answers whether it went well. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<unknown>): Action<A> {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const run = useCallback(async (...args: A) => {
    setIsBusy(true);
    try {
      await latest.current(...args);
      setError(null);
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setIsBusy(false);
    }
  }, []);
  const fields = isProblem(error) ? (error.problem.fields ?? []) : [];
  return {
    run,
    isBusy,
    problem: error === null ? null : problemText(error),
    fieldProblem: (path) => {
      const found = fields.find((field) => field.path === path);
      return found ? fieldText(found) : null;
    },
    clear: useCallback(() => setError(null), []),
  };
}
