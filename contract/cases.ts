/** Everything about cases that crosses the wire. */

export * from './cases/customer-page.ts';
export { caseEndpoints } from './cases/endpoints.ts';
export * from './cases/of-customer.ts';
export * from './cases/records.ts';
