import { type ClientKey, clients, type Writer } from '../mail/plan.ts';
import type { Chance } from '../random.ts';

/** Somebody invented who writes to Hansekontor. Addresses end in `.example`: nobody real can ever get an answer meant for them. */
export interface Customer extends Writer {
  first: string;
  last: string;
  sex: 'f' | 'm';
  number: string;
  street: string;
  city: string;
}

const women =
  `Anneliese Birgit Carola Dagmar Elke Franziska Gisela Heike Inge Jutta Katharina Lieselotte Miriam Nadine Olga Paula Regina Sandra
  Tanja Ursula Vanessa Waltraud Yvonne Zeynep Sophie Marlene Hannah Charlotte Friederike Gudrun Agnieszka Elif Beatrix Corinna`.split(
    /\s+/,
  );
const men =
  `Andreas Bernd Christoph Dieter Erik Frank Günther Holger Ingo Jürgen Karsten Lars Matthias Norbert Ole Peter Quirin Rainer Stefan
  Torben Uwe Volker Werner Yusuf Florian Maximilian Leon Jakob Heinrich Kemal Piotr Arne Lukas Friedrich`.split(/\s+/);
const families =
  `Albrecht Bergmann Carstens Dietrich Ehlers Feldmann Gerlach Hagedorn Ibrahim Jansen Köhler Lorenz Michaelis Neuhaus Oltmanns
  Pfeiffer Quast Reinhardt Steinbach Tiedemann Ullrich Voss Wiechmann Zander Böttcher Clausen Drews Engelhardt Fricke Groth Heinemann Jürgens
  Kaminski Lindemann Mertens Nissen Overbeck Petzold Rademacher Schönfeld Thomsen Uhlig Vollmer Westphal Yıldız Zielke Brandenburg Dörfler
  Eickhoff Freytag Gessner Hartwig Jensen Kröger Lützow Matthiesen Niemann Ortmann Paulsen Ritter Sievers Trautmann Unger Velten Weigand`.split(
    /\s+/,
  );
const streets = `Lindenweg Am_Alten_Hafen Goethestraße Kastanienallee Mühlenstraße Feldstraße Rosenweg Schillerplatz Uferstraße Birkenweg
  Bahnhofstraße Hinter_der_Kirche Gartenstraße Ringstraße Zum_Deich Marktstraße Sonnenhang Bergstraße`.split(/\s+/);
const cities =
  `04229_Leipzig 99084_Erfurt 22297_Hamburg 93047_Regensburg 44137_Dortmund 18055_Rostock 39104_Magdeburg 34117_Kassel 26122_Oldenburg
  24103_Kiel 28195_Bremen 01067_Dresden 50667_Köln 70173_Stuttgart 79098_Freiburg 17489_Greifswald 66111_Saarbrücken 55116_Mainz 13353_Berlin
  90402_Nürnberg 25813_Husum 38855_Wernigerode`.split(/\s+/);
const hosts: Record<ClientKey, string[]> = {
  gmx: ['gmx.example', 'gmx-post.example'],
  webde: ['web.example'],
  tonline: ['t-online.example'],
  gmail: ['gmail.example', 'googlemail.example'],
  outlook: ['outlook.example', 'hotmail.example', 'live.example'],
  apple: ['icloud.example', 'me.example', 'gmail.example'],
  thunderbird: ['posteo.example', 'mailbox.example', 'kabelmail.example'],
};

/** Makes customers until their names run out, none twice. */
export function customerMaker(chance: Chance): (sex?: 'f' | 'm') => Customer {
  const used = new Set<string>();
  return (wanted) => {
    for (;;) {
      const sex = wanted ?? (chance.percent(56) ? 'f' : 'm');
      const first = chance.pick(sex === 'f' ? women : men);
      const last = chance.pick(families);
      if (used.has(`${first} ${last}`) && used.size < 1_500) continue;
      used.add(`${first} ${last}`);
      const client = chance.pick(clients);
      const name = chance.percent(85) ? `${first} ${last}` : chance.pick([last, `${first.slice(0, 1)}. ${last}`, '']);
      return {
        first,
        last,
        sex,
        name,
        client,
        address: `${addressOf(first, last, chance)}@${chance.pick(hosts[client])}`,
        number: `${chance.whole(2, 9)}${chance.digits(2)} ${chance.digits(3)} ${chance.digits(3)}`,
        street: `${chance.pick(streets).replaceAll('_', ' ')} ${chance.whole(1, 118)}`,
        city: chance.pick(cities).replace('_', ' '),
        ...(chance.percent(8)
          ? { signature: `${first} ${last}\n${chance.pick(['Tel. 0171 5550 ', 'Mobil 0160 5550 '])}${chance.digits(3)}` }
          : {}),
      };
    }
  };
}

const foreigners = {
  en: ['f Emily Carter', 'm Daniel Hughes', 'f Priya Raman', 'm Oluwaseun Adeyemi', 'f Grace Walker', 'm Liam O’Connor', 'f Hannah Novak'],
  tr: ['f Ayşe Yılmaz', 'm Murat Çelik'],
  pl: ['f Małgorzata Wiśniewska', 'f Joanna Kowalska'],
} as const;
const met = new WeakMap<Chance, number>();

/** A customer who writes in this language, with a name that fits; each next one is another. */
export function named(language: keyof typeof foreigners, chance: Chance, make: (sex?: 'f' | 'm') => Customer): Customer {
  const turn = met.get(chance) ?? 0;
  met.set(chance, turn + 1);
  const names = foreigners[language];
  const [sex = 'f', first = '', ...rest] = (names[turn % names.length] ?? '').split(' ');
  const last = rest.join(' ');
  const made = make(sex === 'm' ? 'm' : 'f');
  return { ...made, first, last, name: `${first} ${last}`, address: `${addressOf(first, last, chance)}@${made.address.split('@')[1]}` };
}

function addressOf(first: string, last: string, chance: Chance): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('ä', 'ae')
      .replaceAll('ö', 'oe')
      .replaceAll('ü', 'ue')
      .replaceAll('ß', 'ss')
      .replaceAll('ı', 'i')
      .replaceAll('ł', 'l')
      .replaceAll('’', '')
      .normalize('NFD')
      .replace(/\p{M}/gu, '');
  const [f, l] = [plain(first), plain(last)];
  return chance.pick([
    `${f}.${l}`,
    `${f}.${l}`,
    `${l}${chance.whole(51, 99)}`,
    `${f[0]}.${l}`,
    `${f}-${l}`,
    `${f}_${l}${chance.whole(1, 40)}`,
    `familie.${l}`,
  ]);
}
