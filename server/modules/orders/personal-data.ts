import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

/** A mirror: what commercial and tax law keeps, the shop keeps. */
const mirrored: PersonalColumn = {
  purpose: 'Say where the goods are without asking the customer for a number',
  basis: 'contract',
  retention: 'service_message',
};

export const personalData: PersonalDataRegister = {
  orders: {
    plain: ['id', 'version', 'customer_id', 'revision', 'reported_at'],
    personal: columns(['reference', 'placed_at', 'status', 'total_amount', 'currency', 'lines'], mirrored),
  },
  shipments: {
    plain: ['order_id', 'position'],
    personal: columns(
      [
        'carrier',
        'tracking_number',
        'tracking_url',
        'status',
        'scan_what',
        'scan_place',
        'scan_at',
        'promised_from',
        'promised_to',
        'next_step',
      ],
      mirrored,
    ),
  },
  erased_orders: {
    plain: ['at'],
    personal: { mark: { purpose: 'Keep what was erased from coming back with the next report', basis: 'legal_duty', retention: 'audit' } },
  },
};
