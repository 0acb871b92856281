import type { PersonRole } from '../../../contract/permissions.ts';
import { domain, type SiteKey, type SkillKey, type TeamKey } from './places.ts';

export interface Persona {
  key: string;
  name: string;
  email: string;
  roles: PersonRole[];
  site: SiteKey;
  /** Teams whose queue the person works in. */
  teams: TeamKey[];
  /** Teams the person leads. */
  leads: TeamKey[];
  skills: Partial<Record<SkillKey, 1 | 2 | 3>>;
  languages: string[];
  locale: 'de' | 'en';
  /** What one sees when signed in as this person; printed beside the name. */
  look: { de: string; en: string };
  /** How the person ends a letter. */
  farewell: string;
}

type Given = Partial<Omit<Persona, 'key' | 'name' | 'email' | 'roles' | 'site'>>;

function persona(name: string, roles: Persona['roles'], site: SiteKey, more: Given = {}): Persona {
  const key = (name.replace(/^Dr\. /, '').split(' ')[0] ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const nothing = {
    teams: [],
    leads: [],
    skills: {},
    languages: ['de'],
    locale: 'de',
    look: { de: '', en: '' },
    farewell: 'Herzliche Grüße',
  };
  return { ...(nothing as Pick<Persona, 'locale'> & typeof nothing), ...more, key, name, email: `${key}@${domain}`, roles, site };
}

/** Who works at Hansekontor. Dorit is the first: she set the installation up. */
export const people: readonly Persona[] = [
  persona('Dorit Lang', ['admin'], 'hamburg', {
    look: { de: 'Verwaltung: Personen, Teams, Postfächer, Protokoll', en: 'Administration: people, teams, mailboxes, audit' },
  }),
  persona('Kim Sommer', ['agent'], 'leipzig', {
    teams: ['leipzig'],
    skills: { orders: 3, returns: 3, electronics: 2, complaints: 2 },
    languages: ['de', 'en'],
    look: {
      de: 'Beratung: Posteingang, eine Übergabe von Petra wartet, Zusagen (auch die von Frau Klein)',
      en: 'Adviser: inbox, a hand-over from Petra waiting, commitments (Frau Klein’s too)',
    },
  }),
  persona('Luise Wagner', ['lead', 'trainer'], 'leipzig', {
    leads: ['leipzig', 'erfurt'],
    skills: { complaints: 3, returns: 2 },
    look: {
      de: 'Teamleitung für Leipzig und Erfurt: was dort offen ist, gebrochene Zusagen',
      en: 'Lead of Leipzig and Erfurt: what is open there, broken commitments',
    },
    farewell: 'Mit freundlichen Grüßen',
  }),
  persona('Olaf Brandt', ['agent', 'mentor'], 'regensburg', {
    teams: ['regensburg'],
    skills: { orders: 3, bulky: 3, plain_language: 3 },
    look: { de: 'Mentor: begleitet Lena und antwortet selbst', en: 'Mentor: guides Lena and answers himself' },
    farewell: 'Viele Grüße aus Regensburg',
  }),
  persona('Lena Fuchs', ['participant'], 'hamburg', {
    teams: ['regensburg'],
    skills: { orders: 1 },
    languages: ['de', 'en'],
    look: {
      de: 'Teilnehmerin der Customer Experience Week: sieht nichts Persönliches',
      en: 'Participant of the Customer Experience Week: sees nothing personal',
    },
  }),
  persona('Janina Kröger', ['trainer'], 'hamburg', {
    look: { de: 'Trainerin für „Love your Customer“', en: 'Trainer for “Love your Customer”' },
  }),
  persona('Christine Adler', ['analyst'], 'hamburg', {
    look: { de: 'Auswertung: nur Summen, keine Personen', en: 'Analysis: totals only, no persons' },
  }),
  persona('Manuela Roth', ['knowledge', 'moderator'], 'kassel', {
    skills: { social: 2 },
    look: { de: 'Wissen und Produktbewertungen', en: 'Knowledge and product reviews' },
  }),
  persona('Mehmet Kaya', ['agent'], 'hamburg', {
    teams: ['beratung'],
    skills: { appliances: 3, electronics: 3, bulky: 2 },
    languages: ['de', 'tr', 'en'],
    look: { de: 'Produktberatung, spricht Türkisch', en: 'Product advice, speaks Turkish' },
    farewell: 'Viele Grüße',
  }),
  persona('Svenja Petersen-Holm', ['agent'], 'hamburg', {
    teams: ['beratung'],
    skills: { furniture: 3, fashion: 3 },
    languages: ['de', 'da'],
    look: { de: 'Produktberatung für Möbel und Mode', en: 'Product advice on furniture and fashion' },
  }),
  persona('Thorsten Behn', ['lead'], 'hamburg', {
    leads: ['beratung', 'geraete', 'aussendienst'],
    look: { de: 'Teamleitung Produktberatung', en: 'Lead of product advice' },
    farewell: 'Mit freundlichen Grüßen',
  }),
  persona('Aylin Demir', ['social', 'agent'], 'hamburg', {
    teams: ['social', 'leipzig'],
    skills: { social: 3, complaints: 2 },
    languages: ['de', 'tr', 'en'],
    look: { de: 'Social-Team: öffentliche Kritik', en: 'Social team: public criticism' },
    farewell: 'Liebe Grüße',
  }),
  persona('Jonas Reimer', ['social'], 'hamburg', { teams: ['social'], skills: { social: 2 }, farewell: 'Viele Grüße' }),
  persona('Petra Nowak', ['agent'], 'leipzig', {
    teams: ['leipzig'],
    skills: { orders: 3, returns: 3, warranty: 2 },
    languages: ['de', 'pl'],
    farewell: 'Freundliche Grüße aus Leipzig',
  }),
  persona('Tobias Lindner', ['agent'], 'leipzig', { teams: ['leipzig'], skills: { electronics: 3, orders: 2 }, farewell: 'Beste Grüße' }),
  persona('Sabine Thiel', ['agent'], 'erfurt', { teams: ['erfurt'], skills: { returns: 3, fashion: 2, plain_language: 2 } }),
  persona('Marek Zielinski', ['agent'], 'erfurt', {
    teams: ['erfurt'],
    skills: { orders: 2, bulky: 2 },
    languages: ['de', 'pl', 'en'],
    farewell: 'Viele Grüße aus Erfurt',
  }),
  persona('Fatima El-Amin', ['agent'], 'dortmund', {
    teams: ['dortmund'],
    skills: { orders: 3, returns: 2 },
    languages: ['de', 'ar', 'fr'],
    farewell: 'Herzliche Grüße aus Dortmund',
  }),
  persona('Sven Ahlers', ['agent'], 'rostock', {
    teams: ['rostock'],
    skills: { orders: 2, social: 1 },
    farewell: 'Beste Grüße von der Küste',
  }),
  persona('Ingrid Möller', ['agent'], 'magdeburg', {
    teams: ['rechnung'],
    skills: { invoices: 3, instalments: 3, plain_language: 2 },
    look: { de: 'Rechnung und Ratenkauf: Herr Weiß zahlt nicht', en: 'Invoices and instalments: Herr Weiß will not pay' },
    farewell: 'Mit freundlichen Grüßen',
  }),
  persona('Ben Okafor', ['agent'], 'magdeburg', {
    teams: ['rechnung'],
    skills: { invoices: 2, instalments: 3 },
    languages: ['de', 'en'],
    farewell: 'Freundliche Grüße',
  }),
  persona('Ralf Scholz', ['agent', 'field'], 'kassel', {
    teams: ['geraete', 'aussendienst'],
    skills: { warranty: 3, appliances: 3, home_visit: 3 },
    farewell: 'Mit freundlichen Grüßen aus Kassel',
  }),
  persona('Renate Vogel', ['works_council'], 'leipzig', { look: { de: 'Betriebsrat', en: 'Works council' } }),
  persona('Dr. Henrik Stahl', ['privacy'], 'hamburg', { look: { de: 'Datenschutz', en: 'Data protection' } }),
];

export const personaOf = (key: string): Persona => {
  const found = people.find((one) => one.key === key);
  if (!found) throw new Error(`Nobody is called ${key}`);
  return found;
};
