/** What a person can be told of while the desk is out of sight. */
export const newsKinds = [
  'assigned',
  'mention',
  'rule_told',
  'handover',
  'answered',
  'came_back',
  'promise',
  'near_due',
  'overdue',
  'solution_near_due',
  'solution_overdue',
  'offered',
] as const;
export type NewsKind = (typeof newsKinds)[number];

/**
 * What goes through a push service, readable for the browser alone (RFC 8291). It names colleagues and where the press on the notice leads, never a
 * customer; the sentence is made from it where it is shown (`web/modules/workspace/news/notice.ts`). `at`: of the event, so that a notice put away is not shown again.
 */
export interface PushedNews {
  kind: NewsKind;
  id: string;
  path: string;
  by: string | null;
  at: string;
  locale: 'de' | 'en';
}
