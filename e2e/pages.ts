/** Every page before signing in, of an installation that has its company. */
export const openPages = ['/sign-in', '/new-password#x', '/invitation#x', '/accessibility'] as const;

/** What is looked at beside pages as they open; `statement.*.json` names each. */
export const states = [
  'conversation',
  'note',
  'dialogs',
  'help',
  'palette',
  'statement',
  'handover',
  'resolve',
  'later',
  'forward',
  'takeOver',
  'case',
  'customer',
  'topics',
] as const;
export type State = (typeof states)[number];

/** Every page within the frame, as an address. */
export const framedPages = [
  '/inbox/open',
  '/inbox/mine',
  '/search',
  '/search?q=garantie',
  '/new-message',
  '/cases',
  '/promises',
  '/handovers',
  '/customers',
  '/standing',
  '/outbox',
  '/about',
  '/account',
  '/administration',
  '/administration/first-steps',
  '/administration/company',
  '/administration/people',
  '/administration/teams',
  '/administration/skills',
  '/administration/rights',
  '/administration/tokens',
  '/administration/webhooks',
  '/administration/automation',
  '/administration/macros',
  '/administration/queues',
  '/administration/service-levels',
  '/administration/snippets',
  '/administration/topics',
  '/administration/data-requests',
  '/administration/audit',
  '/administration/health',
  '/administration/channels',
  '/administration/unreadable',
  '/there-is-no-such-page',
] as const;
