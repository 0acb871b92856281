import type { Everyday } from './everyday.ts';

/** Questions before buying; they come to the product advisers. */
export const advice: Everyday[] = [
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Waschmaschine unter die Schräge',
    text: `Guten Tag,

ich suche eine Waschmaschine, die unter eine Dachschräge passt: vorn 88 cm hoch, hinten nur 81 cm, Tiefe 60 cm. Gibt es da etwas unter 600 €? Wichtig ist mir, dass sie leise schleudert, im Stock darunter schläft ein Baby.

Beste Grüße
{name}`,
    answer: `dafür eignet sich eine unterbaufähige Maschine ohne Deckplatte, sie ist nur 82 cm hoch und 44 cm tief – damit steht sie vorn, wo Sie 88 cm haben. Zwei kommen infrage: die „Kontor 6 S“ (499 €, 72 dB beim Schleudern) und die „Flüster 7“ (579 €, 66 dB). Bei einem Baby darunter würde ich die zweite nehmen und eine Gummimatte dazulegen, die schluckt mehr als jedes Datenblatt verspricht. Soll ich Ihnen beide Maßzeichnungen schicken?`,
    after: `Ja bitte, die Zeichnung der „Flüster 7“. Danke für den Tipp mit der Matte!`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Welcher Laptop für Abitur und Studium',
    text: `Hallo, meine Tochter macht 2027 Abi und will danach Biologie studieren. Budget 700 Euro, soll leicht sein und lange Akku. Spiele sind egal. Was würden Sie Ihrem eigenen Kind kaufen? Viele Grüße {name}`,
    answer: `meinem eigenen Kind (das gerade auf sein Abi zugeht) würde ich das 14-Zoll-Gerät mit 16 GB Speicher für 649 € kaufen: 1,3 kg, im Alltag elf bis zwölf Stunden Akku, helles Display für die Bibliothek. Bewusst nicht nötig sind Touch und eine große Grafikkarte. Stecken Sie die übrigen 50 € lieber in eine gute Tasche und eine externe Festplatte für Sicherungen. Und wenn es bis 2027 Zeit hat: Im Spätsommer sind genau diese Geräte erfahrungsgemäß günstiger.`,
    after: `Eine so ehrliche Antwort („warten Sie“) habe ich von einem Händler noch nie bekommen. Wir warten und kaufen dann bei Ihnen.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Sofa und Katze',
    text: `Liebe Produktberatung,
wir haben zwei Katzen und brauchen ein neues Sofa. Welcher Stoff übersteht das? Leder ist schon gescheitert. Bitte keine Katzenverbotsvorschläge ;)
{name}`,
    answer: `Katzenverbot kommt nicht infrage, Samtpfoten schon: Mikrofaser-Velours ist der Stoff, an dem Krallen am wenigsten Freude haben, weil keine Schlingen hängen bleiben. In unserem Sortiment sind das die Bezüge „Velluto“ und „Nordstrand“. Ich schicke Ihnen von beiden ein Stück in Handtellergröße; legen Sie es dahin, wo am liebsten gekratzt wird, und lassen Sie die Fachleute entscheiden.`,
    promise: { text: 'Stoffmuster „Velluto“ und „Nordstrand“ per Brief', days: 3 },
    after: `Die Fachleute haben „Velluto“ ignoriert und auf „Nordstrand“ geschlafen. Eindeutiges Ergebnis! Bestellung folgt.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung', 'größe'],
    subject: 'Größenberatung Wanderschuhe',
    text: `Guten Tag,
ich habe links 41,5 und rechts 42,5 (Unfall früher). Bei Wanderschuhen ist das immer ein Problem. Haben Sie eine Idee, bevor ich fünf Paar bestelle?
{name}`,
    answer: `fünf Paar müssen es nicht sein. Nehmen Sie 42,5 und legen Sie links eine 4-mm-Filzsohle ein, das gleicht ziemlich genau eine Größe aus. Achten Sie auf ein Modell mit Zweizonen-Schnürung (bei uns „Brocken“ und „Alpsteig“), damit können Sie links den Spann fester ziehen. Ich lege Ihnen die Filzsohle kostenlos bei, wenn Sie mir die Bestellnummer nennen.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Passt der Kühlschrank in die Nische?',
    text: `Hallo, Nische ist 60,2 breit, 178 hoch, 57 tief, Scharnier muss links. Modell KG 177 N steht mit Maß 177 x 60 x 65 auf der Seite. Passt doch nicht, oder? Welche würde passen? {name}`,
    answer: `Sie haben richtig gemessen, der KG 177 N stünde 8 cm vor. Für Ihre Nische passt der Einbau-Kühlschrank „EKN 178“: 177,5 × 55,6 × 54,5 cm, Türanschlag wechselbar, also auch links. Wichtig: Oben muss ein Lüftungsspalt von 2 cm bleiben, ist der da? Falls nicht, nehmen wir das 145er-Modell mit Blende. Der Liefertrupp wechselt den Anschlag auf Wunsch gleich bei der Lieferung.`,
    after: `Lüftungsspalt ist da (2,5 cm). Dann nehme ich den EKN 178, bitte mit Anschlagwechsel.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Nähmaschine für Anfänger',
    text: `Guten Tag, ich (63, frisch in Rente) möchte nähen lernen. Im Katalog sind 14 Maschinen und ich verstehe die Hälfte der Wörter nicht. Was brauche ich wirklich? {name}`,
    answer: `willkommen im schönsten Ruhestandsprojekt! Wirklich nötig sind: Geradstich, Zickzack, ein Knopfloch in einem Schritt und ein Metallgehäuse, das nicht wandert. Alles andere ist Zugabe. Die „Anna 12“ für 189 € kann genau das, und die Anleitung ist in normalem Deutsch geschrieben. Kaufen Sie dazu ein Päckchen gute Nadeln, die meisten Anfängersorgen sind nämlich stumpfe Nadeln. Wenn sie da ist und der Faden klemmt, rufen Sie uns an – wir fädeln am Telefon mit.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Verlängerungskabel für Trockner erlaubt?',
    text: `Moin, kurze Frage: Darf ich den Wärmepumpentrockner an eine Steckdosenleiste hängen? Handbuch sagt „nicht empfohlen“. {name}`,
    answer: `kurze Antwort: nein, bitte nicht. Der Trockner zieht über eine Stunde lang bis zu 1.000 Watt, und in der Leiste läuft meist noch die Waschmaschine mit. Das wird warm. Besser ist eine eigene Wandsteckdose; liegt die zu weit weg, setzt eine Elektrofachkraft in der Regel für kleines Geld eine zweite. Was das Handbuch höflich formuliert, meint es ernst.`,
    after: `Danke für die klare Ansage. Elektriker ist bestellt.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Teppich auf Fußbodenheizung',
    text: `Sehr geehrtes Team, eignet sich der Wollteppich „Hallig“ (200x300) für Fußbodenheizung? In der Beschreibung finde ich nichts dazu. Vielen Dank, {name}`,
    answer: `ja, „Hallig“ eignet sich: Er ist ohne Latexrücken gewebt, sein Wärmedurchlasswiderstand liegt bei 0,11, empfohlen sind Werte bis 0,17. Er dämpft die Heizung also ein wenig, bremst sie aber nicht aus. Verwenden Sie bitte keine Gummi-Unterlage, sondern ein Vlies. Dass das nicht in der Beschreibung steht, war eine Lücke – ab morgen steht es da, dank Ihnen.`,
  },
];
