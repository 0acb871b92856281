export { CustomerPanel } from './components/customer-panel.tsx';
export { nameOf } from './name.ts';
