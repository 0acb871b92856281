/** Everything about cases that crosses the wire. */
export { caseEndpoints } from './cases/endpoints.ts';
export * from './cases/records.ts';
