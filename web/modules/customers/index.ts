export { CustomerPanel } from './components/customer-panel.tsx';
