import type { Everyday } from './everyday.ts';

/** Statutory warranty is our duty for two years; a guarantee is somebody's promise beyond it. The words are never mixed. */
export const warranty: Everyday[] = [
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung'],
    subject: 'Staubsauger nach 8 Monaten defekt',
    text: `Sehr geehrte Damen und Herren,

der im März gekaufte Akkustaubsauger lädt nicht mehr. Das Netzteil habe ich mit einem anderen Gerät getestet, daran liegt es nicht. Ich bitte um Reparatur oder Ersatz im Rahmen der Gewährleistung.

Bestellung {order}
{name}`,
    answer: `Ihr Gerät ist acht Monate alt, damit ist es unsere Sache, und Sie müssen nichts beweisen. Sie entscheiden: Reparatur (etwa zehn Tage, wir holen ab und bringen zurück) oder ein neues Gerät im Tausch. Für die Zwischenzeit kann ich Ihnen einen Leihsauger mitschicken. Antworten Sie mir bitte mit einem Wort, „Reparatur“ oder „Tausch“, dann läuft der Rest von allein.`,
    after: `Tausch. Danke, so unkompliziert hatte ich das nicht erwartet.

{name}`,
  },
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung'],
    subject: 'Naht am Rucksack aufgegangen',
    text: `hi, beim rucksack ist nach 5 wochen die seitennaht offen, ich trag da nur laptop und brotdose drin rum. reklamation? foto hab ich gemacht, hängt dran. {order} danke {first}`,
    files: ['crack'],
    answer: `fünf Wochen Laptop und Brotdose muss ein Rucksack aushalten. Du bekommst einen neuen, er ist am {w+2}, {d+2} da. Den alten brauchst du nur zurückzuschicken, wenn du magst: Unsere Qualitätsprüfung sieht sich Nähte gern selbst an, Schein liegt bei. Gibt es die Farbe noch, nehmen wir dieselbe, sonst melde ich mich.`,
    promise: { text: 'Neuer Rucksack kommt', days: 2 },
  },
  {
    topic: 'defect_guarantee',
    tags: ['garantie'],
    subject: 'Garantie Waschtrockner, welche Nummer?',
    text: `Guten Tag,

mein Waschtrockner (gekauft vor drei Jahren bei Ihnen) zeigt den Fehler E18. Ich habe damals eine Garantieverlängerung auf fünf Jahre abgeschlossen. An wen muss ich mich wenden – an Sie oder an den Hersteller?

Mit freundlichen Grüßen
{name}`,
    answer: `bei der verlängerten Garantie ist der Hersteller zuständig, nicht wir; unsere gesetzliche Gewährleistung endete nach zwei Jahren. Damit Sie nicht suchen müssen: Die Hotline des Herstellers erreichen Sie werktags von 8 bis 18 Uhr unter der Nummer auf Seite 2 Ihres Zertifikats. Sagen Sie dort „Garantie plus, Fehler E18“ und halten Sie Seriennummer (Türrahmen innen) und Kaufbeleg bereit. Den Beleg habe ich angehängt, falls er nicht mehr zu finden ist. E18 bedeutet übrigens meist ein verstopftes Flusensieb; ein Blick hinein lohnt sich vor dem Anruf.`,
    after: `Es war das Flusensieb!! Eine Socke. Vielen, vielen Dank, das hat mir den Techniker erspart.`,
  },
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung', 'reparatur'],
    subject: 'Reparatur dauert schon 4 Wochen',
    text: `Sehr geehrter Kundenservice,

mein Drucker ist seit {d-28} bei Ihrer Werkstatt. Seit zwei Wochen steht der Status auf „Ersatzteil bestellt“. Ich arbeite von zu Hause und brauche das Gerät. Wie geht es weiter?

{name}
Auftrag {order}`,
    answer: `vier Wochen sind zu lang, und dass Sie selbst nachfragen müssen, auch. Das Ersatzteil ist laut Werkstatt nicht vor Mitte Dezember lieferbar. Ich möchte Sie nicht so lange warten lassen: Sie bekommen einen neuen, gleichwertigen Drucker, er kommt am {w+2}, {d+2}. Die beiden Tintenpatronen aus Ihrem alten Gerät lege ich als volle Patronen dazu.`,
    promise: { text: 'Neuer Drucker kommt statt der Reparatur', days: 2 },
  },
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung'],
    subject: 'Jacke: Reißverschluss',
    text: `Hallo, der Reißverschluss meiner Winterjacke (gekauft letztes Jahr im Oktober) ist aus der Führung gesprungen. Ist da noch was zu machen, oder ist das Verschleiß? Die Jacke ist sonst top und ich würde sie gern behalten. {order}. Grüße, {name}`,
    answer: `da ist noch etwas zu machen, Sie sind innerhalb der zwei Jahre. Weil Sie die Jacke behalten möchten: Lassen Sie den Reißverschluss bei einer Schneiderei Ihrer Wahl ersetzen und schicken Sie mir den Beleg, bis 45 € übernehmen wir sofort. Wenn Ihnen das zu umständlich ist, holen wir sie ab und lassen sie hier reparieren, das dauert etwa zwei Wochen – bei dem Wetter wohl die schlechtere Wahl.`,
    after: `Schneiderei um die Ecke macht es für 38 €. Beleg folgt nächste Woche. Gute Lösung!`,
  },
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung'],
    subject: 'Zweiter Toaster, gleicher Fehler',
    text: `Guten Tag,

das ist nun der zweite Toaster desselben Modells, bei dem der Hebel nicht einrastet. Der erste wurde anstandslos getauscht, aber einen dritten möchte ich ehrlich gesagt nicht. Bitte Geld zurück.

{name}, Bestellung {order}`,
    answer: `zwei Versuche reichen, da haben Sie recht. Sie bekommen den vollen Kaufpreis zurück, bis {w+2}, {d+2} ist er auf Ihrem Konto. Den Toaster brauchen wir nicht wieder; bitte geben Sie ihn zum Elektroschrott. Dass es zweimal derselbe Hebel war, habe ich unserer Qualitätssicherung gemeldet, der Artikel wird bis zur Klärung nicht mehr verkauft.`,
    promise: { text: 'Kaufpreis des Toasters wird erstattet', days: 2 },
  },
];
