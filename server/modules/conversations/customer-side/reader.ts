import type { MessageRow } from '../rows.ts';

/** Fact of a message that was written on the customer's own page, and of one whose author had shown nothing but the link. */
export const onPage = 'page';
export const unconfirmed = 'page_unconfirmed';

/** Whose eyes: an address, as it is compared and as it was written. */
export interface Reader {
  value: string;
  label: string;
}

/** Whether the address itself wrote it. */
export const isBy = ({ envelope }: Pick<MessageRow, 'envelope'>, { value, label }: Reader): boolean => {
  const from = envelope.from?.address.toLowerCase();
  return from !== undefined && (from === value || from === label.toLowerCase());
};
