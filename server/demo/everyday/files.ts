import { pdf } from '../mail/documents.ts';
import { photo } from '../mail/pictures.ts';
import type { MailFile } from '../mail/plan.ts';
import type { Chance } from '../random.ts';
import type { Slots } from '../times.ts';
import type { Everyday } from './everyday.ts';

/** What a customer attaches: drawn photos and small documents. */
export function filesFor(plan: Everyday, chance: Chance, slots: Slots): MailFile[] {
  return (plan.files ?? []).map((kind) => {
    if (kind === 'invoice')
      return pdf('Rechnung.pdf', ['Rechnung', 'Hansekontor Versand', `Bestellung ${slots.order}`, `Kundennummer ${slots.number}`]);
    if (kind === 'receipt')
      return pdf('Kontoauszug.pdf', ['Kontoauszug', slots.name, `Überweisung an Hansekontor Versand, Verwendungszweck ${slots.number}`]);
    return photo(`${chance.pick(['IMG_', 'DSC0', 'Foto_', 'PXL_2026'])}${chance.digits(4)}.png`, chance, kind);
  });
}
