import type { Land } from '../../../contract/workspace.ts';

export const companyName = 'Hansekontor Versand';
export const domain = 'hansekontor.example';

/** Nine relation centres, each in a Land of its own, so that holidays differ. */
export const sites = [
  { key: 'leipzig', name: 'Leipzig', land: 'SN', municipality: 'Leipzig' },
  { key: 'erfurt', name: 'Erfurt', land: 'TH', municipality: 'Erfurt' },
  { key: 'hamburg', name: 'Hamburg, City Nord', land: 'HH', municipality: 'Hamburg' },
  { key: 'regensburg', name: 'Regensburg', land: 'BY', municipality: 'Regensburg' },
  { key: 'dortmund', name: 'Dortmund', land: 'NW', municipality: 'Dortmund' },
  { key: 'rostock', name: 'Rostock', land: 'MV', municipality: 'Rostock' },
  { key: 'magdeburg', name: 'Magdeburg', land: 'ST', municipality: 'Magdeburg' },
  { key: 'kassel', name: 'Kassel', land: 'HE', municipality: 'Kassel' },
  { key: 'oldenburg', name: 'Oldenburg', land: 'NI', municipality: 'Oldenburg' },
] as const satisfies readonly { key: string; name: string; land: Land; municipality: string }[];
export type SiteKey = (typeof sites)[number]['key'];

/** In this order: the first is where work goes that nobody else's address takes. */
export const teams = [
  { key: 'leipzig', name: 'Kundenservice Leipzig', site: 'leipzig' },
  { key: 'erfurt', name: 'Kundenservice Erfurt', site: 'erfurt' },
  { key: 'regensburg', name: 'Kundenservice Regensburg', site: 'regensburg' },
  { key: 'dortmund', name: 'Kundenservice Dortmund', site: 'dortmund' },
  { key: 'rostock', name: 'Kundenservice Rostock (Abend und Wochenende)', site: 'rostock' },
  { key: 'beratung', name: 'Produktberatung', site: 'hamburg' },
  { key: 'rechnung', name: 'Rechnung und Ratenkauf', site: 'magdeburg' },
  { key: 'geraete', name: 'Gerätedienst und Reparatur', site: 'kassel' },
  { key: 'social', name: 'Social Media', site: 'hamburg' },
  { key: 'aussendienst', name: 'Außendienst Nord', site: 'oldenburg' },
] as const satisfies readonly { key: string; name: string; site: SiteKey }[];
export type TeamKey = (typeof teams)[number]['key'];

export const skills = [
  { key: 'orders', de: 'Bestellung und Lieferung', en: 'Orders and delivery' },
  { key: 'returns', de: 'Rücksendung und Erstattung', en: 'Returns and refunds' },
  { key: 'bulky', de: 'Speditionsware', en: 'Bulky goods' },
  { key: 'invoices', de: 'Rechnung und Mahnung', en: 'Invoices and reminders' },
  { key: 'instalments', de: 'Ratenkauf', en: 'Instalments' },
  { key: 'warranty', de: 'Gewährleistung und Garantie', en: 'Warranty and guarantee' },
  { key: 'electronics', de: 'Technik und Elektronik', en: 'Electronics' },
  { key: 'appliances', de: 'Haushaltsgroßgeräte', en: 'Large appliances' },
  { key: 'furniture', de: 'Möbel und Wohnen', en: 'Furniture' },
  { key: 'fashion', de: 'Mode und Größen', en: 'Fashion and sizes' },
  { key: 'social', de: 'Öffentlich antworten', en: 'Public replies' },
  { key: 'complaints', de: 'Beschwerden', en: 'Complaints' },
  { key: 'plain_language', de: 'Einfache Sprache', en: 'Plain language' },
  { key: 'home_visit', de: 'Hausbesuch', en: 'Home visit' },
] as const satisfies readonly { key: string; de: string; en: string }[];
export type SkillKey = (typeof skills)[number]['key'];
