import { isProblem } from '../api/problem.ts';
import { textOf } from './i18n.ts';

export interface ProblemText {
  /** What happened. */
  title: string;
  /** What was kept and what to do next. */
  help: string | undefined;
}

/** A refusal in words: texts live at `errors.<what_is_wrong>` of the room named in the code, general ones in `platform`. */
export function problemText(error: unknown): ProblemText {
  const code = isProblem(error) ? error.code : 'core.internal';
  const [domain = 'core', ...rest] = code.split('.');
  const namespace = domain === 'core' || domain === 'client' ? 'platform' : domain;
  const key = `errors.${rest.join('.')}`;
  const t = textOf(namespace);
  const general = textOf('platform');
  const title = t(`${key}.title`, { defaultValue: '' });
  if (title) return { title, help: t(`${key}.help`, { defaultValue: '' }) || undefined };
  const told = isProblem(error) ? error.problem : undefined;
  return { title: told?.title || general('errors.internal.title'), help: told?.help ?? told?.detail ?? general('errors.internal.help') };
}
