export { LastOrder } from './last-order.tsx';
export { OrderView } from './order-view.tsx';
