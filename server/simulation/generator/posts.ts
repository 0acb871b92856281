import type { Everyday } from '../../demo/everyday/everyday.ts';

const topic = 'voice_public';

/** What customers write where everybody can read it: short, mostly cross, and without what is nobody's business. So are the answers. */
export const posts: readonly Everyday[] = [
  {
    topic,
    subject: 'Seit Wochen keine Lieferung',
    text: 'Sofa vor sieben Wochen bestellt, zweimal verschoben, seither Funkstille. So geht man nicht mit Leuten um.',
    answer:
      'sieben Wochen und dann Stille, das tut uns leid. Schreiben Sie uns bitte Ihre Bestellnummer als private Nachricht, nicht hier; wir sehen sofort nach und melden uns heute noch.',
  },
  {
    topic,
    subject: 'Geld nicht zurück',
    text: 'Retoure ist seit drei Wochen bei euch, das Geld nicht bei mir. Hat das noch jemand?',
    answer:
      'drei Wochen sind zu lang. Wir brauchen dafür nur die Nummer auf dem Rückschein, bitte privat. Sobald wir sie haben, sagen wir Ihnen, wo es hängt.',
  },
  {
    topic,
    subject: 'Falscher Preis',
    text: 'Gestern 89 Euro im Warenkorb, heute 119. Ist das eure Vorstellung von Black Week?',
    answer:
      'der Preis galt bis gestern um Mitternacht, das stand zu klein da. Wer gestern im Warenkorb hatte, bekommt ihn noch: Bestellen Sie bitte und schreiben uns danach privat, wir ziehen den Unterschied ab.',
  },
  {
    topic,
    subject: 'Hotline unerreichbar',
    text: 'Dritter Versuch heute, jedes Mal zwanzig Minuten Musik. Gibt es bei euch überhaupt noch Menschen?',
    answer:
      'ja, hier schreibt einer. Heute fehlen am Telefon viele. Sagen Sie uns privat, worum es geht und unter welcher Nummer wir Sie erreichen, dann rufen wir Sie an.',
  },
  {
    topic,
    subject: 'Paket beim Nachbarn, den es nicht gibt',
    text: 'Paket angeblich beim Nachbarn „Müller“ abgegeben. Hier wohnt kein Müller. Und jetzt?',
    answer:
      'dann suchen wir es. Bitte schicken Sie uns die Sendungsnummer privat; wir fragen beim Zusteller nach, und Sie warten auf niemanden namens Müller.',
  },
  {
    topic,
    subject: 'Verpackung',
    text: 'Ein Lippenstift in einem Karton für Stiefel. Ernsthaft, Hansekontor?',
    answer:
      'das war zu groß, da haben Sie recht. Die kleinen Kartons waren ausgegangen. Wir haben es mit Ihrem Beitrag an die Packstraße gegeben.',
  },
  {
    topic,
    subject: 'Ist der Tisch wetterfest?',
    text: 'Kann jemand von euch sagen, ob der Tisch Nordstrand draußen bleiben darf?',
    answer: 'er darf, solange die Platte einmal im Jahr geölt wird. Im Winter ist ihm eine Haube lieber.',
  },
  {
    topic,
    subject: 'Danke',
    text: 'Muss auch mal gesagt werden: Der Fahrer hat meiner Mutter das Regal bis in den vierten Stock getragen. Danke!',
    answer: 'das geben wir gern weiter. Grüßen Sie Ihre Mutter, und viel Freude am Regal!',
  },
];
