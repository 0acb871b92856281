export { CustomerPanel } from './components/customer-panel.tsx';
export { CustomersFound } from './components/customers-found.tsx';
export { addressOf, authorOf, nameOf } from './name.ts';
export { languageName } from './language-name.ts';
export { useCustomer } from './use-customer.ts';
