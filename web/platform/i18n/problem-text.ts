import type { FieldProblem } from '../../../contract/core.ts';
import { isProblem } from '../api/problem.ts';
import { textOf } from './i18n.ts';

export interface ProblemText {
  /** What happened. */
  title: string;
  /** What was kept and what to do next. */
  help: string | undefined;
}

/** An error or health code in words, from the `errors.*.json` of its room; `data` fills the gaps. Undefined for a code nobody knows here. */
export function codeText(code: string, data: Record<string, unknown> = {}): ProblemText | undefined {
  const t = textOf('errors');
  const holderName = data['holderName'] || textOf('platform')('somebody');
  const say = (part: 'title' | 'help'): string => t(`${code}.${part}`, { defaultValue: '', replace: { ...data, holderName } });
  const title = say('title');
  return title ? { title, help: say('help') || undefined } : undefined;
}

/** What is wrong with one field, in words; the server's own English ones where it names no code. */
export function fieldText({ code, data, message }: FieldProblem): string {
  const [room = '', name = ''] = code?.split('.') ?? [];
  if (!name) return message;
  return textOf(room === 'core' ? 'platform' : room)(`fieldProblems.${name}`, { defaultValue: message, ...data });
}

/** A refusal in words. */
export function problemText(error: unknown): ProblemText {
  const { code, data, problem } = isProblem(error) ? error : { code: 'core.internal', data: {}, problem: undefined };
  const known = codeText(code, data);
  if (known) return known;
  const general = codeText('core.internal');
  return { title: problem?.title || (general?.title ?? code), help: problem?.help ?? problem?.detail ?? general?.help };
}
