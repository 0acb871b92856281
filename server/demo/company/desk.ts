import type { TeamKey } from './places.ts';

/** The two mailboxes. Without a server of their own: mail comes through the built-in door, answers stay in the local outbox. */
export const mailboxes = [
  {
    key: 'service',
    name: 'Kundenservice',
    address: 'service@hansekontor.example',
    team: 'leipzig',
    aliases: ['kundenservice@hansekontor.example', 'info@hansekontor.example'],
    signature:
      'Hansekontor Versand\nIhr Kundenservice – neun Standorte, ein Ohr\nTelefon 040 5550 100 (zum Ortstarif), täglich 7 bis 22 Uhr\nservice@hansekontor.example',
  },
  {
    key: 'beratung',
    name: 'Produktberatung',
    address: 'beratung@hansekontor.example',
    team: 'beratung',
    aliases: [],
    signature:
      'Hansekontor Versand\nProduktberatung, City Nord, Hamburg\nTelefon 040 5550 200, montags bis samstags 8 bis 20 Uhr\nberatung@hansekontor.example',
  },
] as const satisfies readonly {
  key: string;
  name: string;
  address: string;
  team: TeamKey;
  aliases: readonly string[];
  signature: string;
}[];
export type MailboxKey = (typeof mailboxes)[number]['key'];

interface TopicPlan {
  key: string;
  parent?: string;
  de: string;
  en: string;
  department: string;
  trainingSuitable?: boolean;
}

/** The tree of topics; parents first. */
export const topics: readonly TopicPlan[] = [
  { key: 'delivery', de: 'Lieferung', en: 'Delivery', department: 'Logistik' },
  {
    key: 'wismo',
    parent: 'delivery',
    de: 'Wo ist meine Sendung?',
    en: 'Where is my parcel?',
    department: 'Logistik',
    trainingSuitable: true,
  },
  { key: 'bulky', parent: 'delivery', de: 'Speditionsware', en: 'Bulky goods', department: 'Logistik' },
  {
    key: 'bulky_does_not_fit',
    parent: 'bulky',
    de: 'Passt nicht durch die Tür',
    en: 'Does not fit through the door',
    department: 'Einkauf Großgeräte',
  },
  { key: 'damaged', parent: 'delivery', de: 'Beschädigt angekommen', en: 'Arrived damaged', department: 'Qualität' },
  { key: 'incomplete', parent: 'delivery', de: 'Etwas fehlt', en: 'Something is missing', department: 'Lager' },
  { key: 'returns', de: 'Rücksendung', en: 'Returns', department: 'Retouren' },
  { key: 'refund', parent: 'returns', de: 'Erstattung', en: 'Refund', department: 'Retouren', trainingSuitable: true },
  { key: 'exchange', parent: 'returns', de: 'Umtausch', en: 'Exchange', department: 'Retouren', trainingSuitable: true },
  { key: 'product', de: 'Ware', en: 'Goods', department: 'Einkauf' },
  { key: 'advice', parent: 'product', de: 'Produktberatung', en: 'Product advice', department: 'Produktberatung', trainingSuitable: true },
  { key: 'warranty', parent: 'product', de: 'Gewährleistung', en: 'Statutory warranty', department: 'Gerätedienst' },
  { key: 'guarantee', parent: 'product', de: 'Garantie', en: 'Guarantee', department: 'Gerätedienst' },
  { key: 'money', de: 'Geld', en: 'Money', department: 'Debitoren' },
  { key: 'invoice_dispute', parent: 'money', de: 'Rechnung bestritten', en: 'Invoice disputed', department: 'Debitoren' },
  { key: 'instalments', parent: 'money', de: 'Ratenkauf', en: 'Instalments', department: 'Debitoren' },
  { key: 'account', de: 'Kundenkonto', en: 'Customer account', department: 'Digital', trainingSuitable: true },
  { key: 'privacy', parent: 'account', de: 'Datenschutz', en: 'Data protection', department: 'Datenschutz' },
  { key: 'voice', de: 'Lob, Kritik, Anregung', en: 'Praise, criticism, suggestion', department: 'Kundenservice' },
  { key: 'praise', parent: 'voice', de: 'Lob', en: 'Praise', department: 'Kundenservice', trainingSuitable: true },
  { key: 'complaint', parent: 'voice', de: 'Beschwerde', en: 'Complaint', department: 'Geschäftsleitung' },
  { key: 'public_criticism', parent: 'voice', de: 'Öffentliche Kritik', en: 'Public criticism', department: 'Social Media' },
];
export type TopicKey = string;

/** Saved views of the company: a filter with a name. */
export const views = [
  { name: 'Wo ist meine Sendung?', filter: { tags: ['sendung'], states: ['queued', 'in_progress'] }, sort: 'waiting_longest' },
  {
    name: 'Eilt',
    filter: { priorities: ['high', 'urgent'], states: ['queued', 'in_progress', 'waiting_internal', 'handover'] },
    sort: 'priority',
  },
  { name: 'Wartet auf Fachabteilung', filter: { states: ['waiting_internal', 'waiting_third_party'] }, sort: 'oldest' },
  { name: 'Beschwerden', filter: { tags: ['beschwerde'] }, sort: 'newest' },
  { name: 'Lob', filter: { tags: ['lob'] }, sort: 'newest' },
] as const;
