import { createHmac } from 'node:crypto';

const words =
  `Apfel Birke Brise Dachs Deich Dorsch Eiche Fjord Flut Gans Garten Hafen Harfe Hecke Igel Insel Kachel Kajak Kanne Kiefer Kissen Koje Krabbe
  Lampe Leine Lerche Linde Lotse Mantel Moin Mole Morgen Mütze Nebel Ofen Otter Paddel Pfanne Quitte Regen Reling Robbe Rosine Sahne Schal
  Segel Sofa Storch Strand Tanne Tasse Teekanne Tiger Tonne Torte Trommel Ufer Veilchen Waffel Walnuss Watt Welle Wiese Zander`
    .split(/\s+/)
    .filter((word) => /^[A-Za-z]+$/.test(word));

/**
 * The passphrase of everybody in the sample company: readable, the same at every start of this installation, another one in every other. It follows
 * from the installation's secret, so it is stored nowhere.
 */
export function samplePassphrase(secret: string): string {
  const bytes = createHmac('sha256', secret).update('passphrase of the sample company').digest();
  const chosen = [0, 1, 2, 3].map((n) => words[bytes.readUInt32BE(n * 4) % words.length] ?? '');
  return `${chosen.join('-')}-${10 + (bytes.readUInt32BE(16) % 90)}`;
}
