import { defineErrors } from '../../platform/errors.ts';

export const fail = defineErrors({
  'orders.customer_unknown': {
    status: 422,
    title: 'No customer is known by this.',
    help: 'Tell a customer number or a mail address that is proved here, or say that the shop confirmed the address. Nothing was stored; tell the order again then.',
  },
  'orders.customer_restricted': {
    status: 409,
    title: 'This order belongs to a customer whose data may not be worked with.',
    help: 'Nothing was stored. Tell the order again when the restriction has been lifted.',
  },
  'orders.erased': {
    status: 410,
    title: 'This order was erased with its customer’s data.',
    help: 'Do not tell of it again. Nothing was stored.',
  },
});
