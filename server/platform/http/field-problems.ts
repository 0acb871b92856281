import type { $ZodIssue } from 'zod/v4/core';
import type { FieldProblem } from '../../../contract/core.ts';

/** What a schema found wrong, each with a code the browser has a sentence for; without one the English message is all that can be said. */
export const fieldProblems = (issues: readonly $ZodIssue[], below: readonly string[] = []): FieldProblem[] =>
  issues.map((issue) => ({ path: [...below, ...issue.path].join('.'), message: issue.message, ...kindOf(issue) }));

function kindOf(issue: $ZodIssue): Pick<FieldProblem, 'code' | 'data'> {
  if (issue.code === 'invalid_type') return { code: 'core.wrong_kind' };
  if (issue.code === 'too_small') return bound('core.too_little', 'core.too_short', issue.origin, Number(issue.minimum));
  if (issue.code === 'too_big') return bound('core.too_much', 'core.too_long', issue.origin, Number(issue.maximum));
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return { code: 'core.no_such_choice' };
  if (issue.code === 'custom' && issue.params?.['unknownField'] === true)
    return { code: 'core.unknown_field', data: { field: String(issue.path.at(-1)) } };
  if (issue.code !== 'invalid_format') return {};
  if (issue.format === 'email') return { code: 'core.no_mail_address' };
  return { code: issue.format === 'url' ? 'core.no_web_address' : 'core.wrong_form' };
}

const bound = (ofNumber: string, ofText: string, origin: string, limit: number): Pick<FieldProblem, 'code' | 'data'> =>
  origin === 'string' ? { code: ofText, data: { count: limit } } : { code: ofNumber, data: { limit } };
