/**
 * The permission table: rights by role, one source for server checks, menu entries and the generated page `docs/generated/permissions.md`.
 * Scopes: O own (assigned, mentored, own data; of an adviser also the waiting work of the own teams), R own and others' after a written reason,
 * T team or site, A all, G aggregate only, M own and masked, D draft only, F needs a second person, S needs the skill named in `notes`, – none.
 */
export const roles = [
  'agent',
  'social',
  'lead',
  'mentor',
  'participant',
  'trainer',
  'analyst',
  'knowledge',
  'moderator',
  'field',
  'admin',
  'works_council',
  'privacy',
  'integration',
  'customer',
] as const;
export type Role = (typeof roles)[number];
/** A role that somebody who works here can hold. `integration` is for the tokens of other programs, `customer` for callers from outside. */
export type PersonRole = Exclude<Role, 'integration' | 'customer'>;
export const personRoles = roles.filter((role): role is PersonRole => role !== 'integration' && role !== 'customer');
export type Scope = 'O' | 'R' | 'T' | 'A' | 'G' | 'M' | 'D' | 'F' | 'S' | '–';

//                              AG  SO  LE  ME  PA  TR  AN  KE  MO  FA  AD  BR  DP  IN  CU
const table = {
  read_case: /*              */ 'R   O   T   O   M   –   –   –   –   O   –   –   F   –   O',
  write_private_reply: /*    */ 'O   O   T   O   D   –   –   –   –   O   –   –   –   –   O',
  write_public_reply: /*     */ 'S   O   T   S   D   –   –   –   O   –   –   –   –   –   –',
  internal_note: /*          */ 'O   O   T   O   O   –   –   O   O   O   –   –   –   –   –',
  claim: /*                  */ 'O   O   T   O   S   –   –   –   –   –   –   –   –   –   –',
  merge_customer: /*         */ 'O   O   T   –   –   –   –   –   –   –   –   –   A   –   O',
  change_customer: /*        */ 'O   –   T   –   –   –   –   –   –   –   –   –   –   –   O',
  start_recording: /*        */ 'O   –   –   –   –   –   –   –   –   –   –   –   –   –   O',
  listen_in: /*              */ '–   –   T   O   O   –   –   –   O   –   –   –   –   –   –',
  refund: /*                 */ 'O   O   T   O   D   –   –   –   –   D   –   –   –   –   O',
  refuse_claim: /*           */ 'F   F   F   –   –   –   –   –   –   –   –   –   –   –   O',
  dunning_block: /*          */ 'O   O   T   O   –   –   –   –   –   –   –   –   –   –   O',
  decide_complaint: /*       */ 'O   O   T   –   –   –   G   –   –   –   –   –   –   –   O',
  board_complaint: /*        */ 'O   O   O   –   –   –   G   –   –   –   –   –   –   –   O',
  safety_signal: /*          */ 'O   O   O   O   O   –   G   –   O   O   –   –   –   –   O',
  moderate_review: /*        */ '–   –   –   –   –   –   –   –   A   –   –   –   –   –   O',
  edit_knowledge: /*         */ 'D   D   D   D   D   D   –   A   –   D   –   –   O   –   O',
  manage_cohort: /*          */ 'O   O   T   O   O   A   G   –   –   O   –   G   –   –   –',
  approve_reply: /*          */ '–   –   T   O   –   –   –   –   –   –   –   –   –   –   –',
  run_workshop: /*           */ 'O   O   O   O   O   A   –   –   –   O   –   –   –   –   –',
  see_journey: /*            */ 'G   G   G   G   G   G   A   G   G   G   G   G   G   –   O',
  see_own_figures: /*        */ 'O   O   –   O   O   O   –   –   O   O   –   –   –   –   –',
  quality_review: /*         */ 'O   O   G   –   –   –   G   –   O   O   –   G   –   –   –',
  see_team_figures: /*       */ 'G   G   G   –   –   –   G   –   –   –   –   G   G   –   –',
  see_presence: /*           */ 'T   T   T   O   –   –   –   –   –   –   –   –   –   –   –',
  configure_service: /*      */ '–   –   D   –   –   –   D   –   –   –   F   O   O   –   –',
  see_agreements: /*         */ 'O   O   O   O   –   O   O   O   O   O   O   A   O   –   –',
  set_retention: /*          */ '–   –   –   –   –   –   –   –   –   –   O   –   A   –   –',
  data_request: /*           */ 'O   O   O   –   –   –   –   –   –   –   –   –   A   –   O',
  break_glass: /*            */ '–   –   –   –   –   –   –   –   –   –   F   –   F   –   –',
  see_audit: /*              */ 'O   O   T   O   O   O   –   O   O   O   O   O   A   –   O',
  // Rows the specification's table leaves open; ours.
  archive: /*                */ '–   –   –   –   –   –   –   –   –   –   –   –   R   –   –',
  manage_people: /*          */ '–   –   –   –   –   –   –   –   –   –   A   –   –   –   –',
  see_people: /*             */ 'A   A   A   A   –   A   A   A   A   A   A   A   A   –   –',
  manage_workspace: /*       */ '–   –   –   –   –   –   –   –   –   –   A   –   –   –   –',
  manage_channels: /*        */ '–   –   –   –   –   –   –   –   –   –   A   –   –   –   –',
  manage_tags: /*            */ '–   –   T   –   –   –   –   A   –   –   A   –   –   –   –',
  use_snippets: /*           */ 'A   A   A   A   A   –   –   A   A   A   A   –   –   –   –',
  edit_snippets: /*          */ '–   –   T   –   –   –   –   A   –   –   A   –   –   –   –',
  manage_automation: /*      */ '–   –   D   –   –   –   –   –   –   –   A   –   –   –   –',
  edit_macros: /*            */ '–   –   T   –   –   –   –   A   –   –   A   –   –   –   –',
  see_health: /*             */ '–   –   T   –   –   –   –   –   –   –   A   –   A   –   –',
  propose_agreement: /*      */ '–   –   –   –   –   –   –   –   –   –   A   –   –   –   –',
  activate_agreement: /*     */ '–   –   –   –   –   –   –   –   –   –   –   A   A   –   –',
  end_agreement: /*          */ '–   –   –   –   –   –   –   –   –   –   A   A   A   –   –',
  lend_people: /*            */ '–   –   T   –   –   –   –   –   –   –   –   –   –   –   –',
  see_standing: /*           */ '–   –   T   –   –   –   –   –   –   –   –   –   –   –   –',
  lead_storms: /*            */ '–   –   T   –   –   –   –   –   –   –   –   –   –   –   –',
  report_orders: /*          */ '–   –   –   –   –   –   –   –   –   –   A   –   –   A   –',
  export_data: /*            */ '–   –   –   –   –   –   –   –   –   –   –   –   A   –   –',
} as const;

export type Right = keyof typeof table;
export const rights = Object.keys(table) as Right[];

/** Conditions that a letter cannot carry; shown beside the generated table. */
export const notes: Partial<Record<Right, string>> = {
  write_public_reply: 'S: only with the skill `social`.',
  claim: 'S (participant): only work marked suitable for training.',
  change_customer: 'Agents and leads only at authentication level L3.',
  merge_customer: 'Agents: verified identities only.',
  archive:
    'What is restricted (Art. 18 GDPR) and nothing else: each reading for a purpose that the law names, and a written reason, audited.',
  report_orders: 'For tokens of a shop that need no other right: the role `integration`.',
  activate_agreement: 'Only what somebody else has entered; privacy only policies of a company without a works council.',
  use_snippets: 'Everybody’s, and those of the own teams and of the teams one leads.',
  edit_snippets: 'T: for teams one leads.',
  manage_automation: 'D: leads write rules and try them out; switching on, ordering and removing is for the administration.',
  edit_macros: 'T: for teams one leads.',
  lead_storms: 'Who wrote a text does not approve it: a second person does.',
  read_case:
    'R: own work, the waiting work of the own teams, anything else after a written reason, which is audited. T: beyond the own teams and site as with R. F: two people, reason, notice.',
};

const parsed = new Map<string, Scope>();
for (const right of rights) {
  const cells = table[right].trim().split(/\s+/);
  for (const [i, role] of roles.entries()) parsed.set(`${right} ${role}`, cells[i] as Scope);
}

/** The scope one role has for a right. */
export const scopeOf = (role: Role, right: Right): Scope => parsed.get(`${right} ${role}`) ?? '–';

/** Every scope a person's roles give together; empty means the right is denied. */
export function scopesOf(held: readonly Role[], right: Right): Set<Scope> {
  const scopes = new Set<Scope>();
  for (const role of held) {
    const scope = scopeOf(role, right);
    if (scope !== '–') scopes.add(scope);
  }
  return scopes;
}

/** Whether any of the roles gives the right in any scope. */
export const holds = (held: readonly Role[], right: Right): boolean => held.some((role) => scopeOf(role, right) !== '–');
