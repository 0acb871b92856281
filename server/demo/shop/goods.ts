/** What Hansekontor sells, found again in what customers write. Prices in cents. */
export interface Good {
  /** In lower case, as it stands in a mail. */
  word: string;
  /** In other languages. */
  abroad?: readonly string[];
  name: string;
  price: number;
  /** Comes by forwarder. */
  bulky?: true;
}

export const goods: readonly Good[] = [
  { word: 'regenjacke', abroad: ['rain coat'], name: 'Regenjacke „Sylt“, petrol', price: 7_999 },
  { word: 'winterjacke', abroad: ['mont '], name: 'Winterjacke „Brocken“', price: 14_999 },
  { word: 'mantel', name: 'Wollmantel „Elbe“, anthrazit', price: 18_900 },
  { word: 'kinderschuhe', name: 'Kinderschuhe „Krabbe“', price: 3_499 },
  { word: 'wanderschuhe', name: 'Wanderschuhe „Harz“', price: 11_900 },
  { word: 'stiefel', name: 'Lederstiefel „Husum“', price: 12_995 },
  { word: 'schuhe', name: 'Halbschuhe „Fehmarn“', price: 6_995 },
  { word: 'kleid', name: 'Leinenkleid „Darß“', price: 5_999 },
  { word: 'bluse', name: 'Bluse „Alster“, weiß', price: 3_999 },
  { word: 'hose', name: 'Cordhose „Deich“', price: 4_999 },
  { word: 'bettwäsche', name: 'Bettwäsche „Wolke“, 135 × 200', price: 4_490 },
  { word: 'vorhänge', name: 'Vorhang „Düne“, blickdicht', price: 3_290 },
  { word: 'teppich', name: 'Teppich „Watt“, 160 × 230', price: 17_900 },
  { word: 'lampe', abroad: ['desk lamp'], name: 'Tischlampe „Leuchtturm“', price: 5_490 },
  { word: 'toaster', name: 'Toaster „Kombüse“', price: 4_499 },
  { word: 'wasserkocher', name: 'Wasserkocher „Alster“, 1,7 l', price: 3_999 },
  { word: 'kaffeemaschine', abroad: ['ekspres do kawy'], name: 'Kaffeemaschine „Kontor“', price: 8_999 },
  { word: 'küchenmaschine', name: 'Küchenmaschine „Smutje“', price: 24_900 },
  { word: 'staubsauger', name: 'Akkustaubsauger „Brise“', price: 19_900 },
  { word: 'laptop', name: 'Laptop „Kontor 14“', price: 99_900 },
  { word: 'handy', name: 'Smartphone „Möwe 6“', price: 34_900 },
  { word: 'schreibtischstuhl', name: 'Schreibtischstuhl „Kapitän“', price: 15_900 },
  { word: 'couchtisch', name: 'Couchtisch „Holm“, Eiche', price: 18_900, bulky: true },
  { word: 'schreibtisch', name: 'Schreibtisch „Lotse“', price: 22_900, bulky: true },
  { word: 'regal', name: 'Regal „Norderney“', price: 12_900, bulky: true },
  { word: 'spiegelschrank', abroad: ['mirror'], name: 'Spiegelschrank „Förde“', price: 14_900, bulky: true },
  { word: 'kinderbett', name: 'Kinderbett „Koje“', price: 19_900, bulky: true },
  { word: 'matratze', name: 'Matratze „Tiefschlaf“, 140 × 200', price: 34_900, bulky: true },
  { word: 'sessel', name: 'Sessel „Kajüte“', price: 29_900, bulky: true },
  { word: 'sofa', name: 'Sofa „Speicherstadt“, 3-Sitzer', price: 79_900, bulky: true },
  { word: 'kühlschrank', name: 'Kühlschrank „Polar 91“', price: 64_900, bulky: true },
  { word: 'waschmaschine', name: 'Waschmaschine „Gischt 8“', price: 54_900, bulky: true },
  { word: 'trockner', name: 'Wärmepumpentrockner „Passat“', price: 64_900, bulky: true },
];

/** Small things that people put in beside. */
export const besides: readonly Good[] = [
  { word: 'geschirrtuch', name: 'Geschirrtuch, Halbleinen', price: 690 },
  { word: 'socken', name: 'Socken, Dreierpack', price: 1_290 },
  { word: 'glühbirne', name: 'LED-Leuchtmittel E27', price: 590 },
  { word: 'pflege', name: 'Pflegespray', price: 990 },
];
