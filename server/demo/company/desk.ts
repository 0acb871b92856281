import type { SkillKey, TeamKey } from './places.ts';

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

/** What the tree of topics that comes with Nahbar lacks for this company. */
export const topics: readonly TopicPlan[] = [
  {
    key: 'delivery_incomplete',
    parent: 'delivery',
    de: 'Etwas fehlt',
    en: 'Something is missing',
    department: 'Lager Haldensleben',
    trainingSuitable: true,
  },
  { key: 'voice_public', parent: 'voice', de: 'Öffentliche Kritik', en: 'Public criticism', department: 'Social Media' },
];

interface QueuePlan {
  name: string;
  visibility?: 'any' | 'public';
  priorities?: readonly ('high' | 'urgent')[];
  topic?: string;
  needs?: Partial<Record<SkillKey, 1 | 2 | 3>>;
}

/** Which work takes which skill; the first that fits. */
export const queues: readonly QueuePlan[] = [
  { name: 'Öffentlich', visibility: 'public', needs: { social: 1 } },
  { name: 'Eilt', priorities: ['urgent', 'high'] },
  { name: 'Rechnung und Raten', topic: 'payment', needs: { invoices: 1 } },
  { name: 'Gewährleistung', topic: 'defect', needs: { warranty: 1 } },
  { name: 'Alles andere' },
];

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

/** Waits for the works council: until it agrees, nothing is counted. */
export const agreement = (now: Date) => ({
  kind: 'agreement' as const,
  title: 'Servicezahlen der Teams',
  features: ['team_figures' as const],
  siteIds: [],
  purpose: 'Sehen, ob Kundinnen und Kunden rechtzeitig Antwort bekommen, und wo Hilfe fehlt.',
  gdprBasis: 'Art. 6 Abs. 1 Buchst. f und Art. 88 DSGVO, § 26 Abs. 4 BDSG.',
  necessity:
    'Ohne eine Zahl bliebe nur der Eindruck; Zahlen einzelner Personen wären zu viel. Deshalb nur Gruppen ab acht Personen, je ganzer Woche.',
  validFrom: now.toISOString(),
  validTo: null,
});

/** Signed already: why something was late is written down from the first day on. */
export const causes = (now: Date) => ({
  kind: 'agreement' as const,
  title: 'Ursachen, wenn etwas zu spät wird',
  features: ['breach_causes' as const],
  siteIds: [],
  purpose: 'Sehen, woran es lag, damit es nicht wieder geschieht: an der Besetzung, am Ablauf, an einer fehlenden Auskunft.',
  gdprBasis: 'Art. 6 Abs. 1 Buchst. f und Art. 88 DSGVO, § 26 Abs. 4 BDSG.',
  necessity:
    'Ohne die Ursache bliebe nur die Zahl. Niemand wird genannt, nichts wird zusammengezählt, und nach dreißig Tagen ist es gelöscht.',
  validFrom: now.toISOString(),
  validTo: null,
});
