export { actorOf } from './actor.ts';
export { type AuditEntry, audit } from './audit.ts';
export type { NoticeKind } from './notice-texts.ts';
export { sendNotice } from './notices.ts';
export { type PersonSummary, personSummaries } from './queries/people.ts';
export { type CompanySettings, companySettings, storeCompanySettings } from './queries/settings.ts';
export { defaultTeamId, findTeam as teamOf, listTeamIds, type TeamRow } from './queries/teams.ts';
export { authenticate, authenticateAgain } from './sign-in/authenticate.ts';
