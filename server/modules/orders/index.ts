/** Front door of the room: what rooms above may use. Beside a conversation orders are shown by the browser, which asks for them itself. */

export { keptOrders } from './reading/of-customer.ts';
