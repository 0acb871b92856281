import type { Everyday } from './everyday.ts';

/** Another size, another colour, the right thing. */
export const exchange: Everyday[] = [
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    subject: 'Umtausch Größe 38 gegen 40',
    text: `Liebes Team,

das Kleid ist wunderschön, nur leider eine Nummer zu klein. Kann ich es gegen Größe 40 tauschen, ohne neu zu bestellen? Auf der Seite steht „nur noch 2 verfügbar“ und ich brauche es für eine Hochzeit am 12.12.

Bestellung {order}
Herzlichst, {name}`,
    sex: 'f',
    answer: `eine der beiden Größen 40 ist jetzt Ihre – ich habe sie reserviert und verschickt, sie ist am {w+2}, {d+2} da. Die 38 geben Sie in aller Ruhe bis Ende des Monats zurück, der Schein liegt im Paket. So haben Sie das Kleid sicher vor der Hochzeit und sehen vorher noch, ob die Ärmel sitzen. Viel Freude beim Feiern!`,
    promise: { text: 'Kleid in Größe 40 kommt', days: 2 },
    after: `Es sitzt wie angegossen. Tausend Dank, das war Rettung in letzter Minute!`,
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch', 'falschlieferung'],
    subject: 'Falschen Artikel erhalten',
    text: `Guten Tag,

bestellt: Akkuschrauber 18 V. Geliefert: ein Damenfahrradhelm in Türkis. Er steht mir nicht.

Bestellnummer {order}.
Mit leicht amüsierten Grüßen
{name}`,
    sex: 'm',
    answer: `dann wartet vermutlich irgendwo eine Radfahrerin auf ihren Helm und hält einen Akkuschrauber in der Hand. Ihr Schrauber ist heute unterwegs und am {w+2}, {d+2} bei Ihnen. Der Fahrer nimmt den türkisfarbenen Helm gleich mit, Sie müssen ihn nur in den Karton legen. Danke, dass Sie es mit Humor nehmen; peinlich ist es uns trotzdem.`,
    promise: { text: 'Akkuschrauber kommt, Helm wird mitgenommen', days: 2 },
    after: `Schrauber da, Helm weg, alle glücklich. Danke.`,
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    subject: 'Tausch Farbe Vorhänge',
    text: `Hallo, die Vorhänge „Sylt“ sind auf dem Foto sandfarben und in echt eher senfgelb. Gibt es die auch in wirklich sandfarben? Dann würde ich tauschen, Länge 245. Bestellung {order}. Danke, {first} {last}`,
    answer: `Sie haben recht, das Foto täuscht. Ich habe mir die Stoffe eben im Musterschrank zeigen lassen: „Kiesel“ ist das, was auf dem Bild sandfarben aussieht. In 245 cm ist es vorrätig. Bevor Sie noch einmal enttäuscht werden, schicke ich Ihnen zwei Stoffproben per Brief; sagt Ihnen eine zu, tausche ich ohne weitere Kosten.`,
    promise: { text: 'Stoffproben „Kiesel“ und „Düne“ kommen per Brief', days: 3 },
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    subject: 'Schuhe: links 42, rechts 43',
    text: `ist kein witz. im karton waren ein linker schuh in 42 und ein rechter in 43. beide schwarz, sieht man erst beim anziehen. foto anbei. {order} gruss {name}`,
    files: ['label'],
    answer: `kein Witz, aber ein schönes Beweisfoto. Sie bekommen heute ein vollständiges Paar in 42 von uns, Ankunft {w+2}, {d+2}. Das ungleiche Paar legen Sie bitte dem Fahrer in die Hand, dann findet hoffentlich auch die andere Hälfte wieder zusammen. Falls Ihnen 43 lieber ist, antworten Sie bitte heute noch.`,
    promise: { text: 'Schuhe in 42, vollständiges Paar', days: 2 },
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch', 'geschenk'],
    subject: 'Geschenk umtauschen ohne Rechnung',
    text: `Sehr geehrte Damen und Herren,

ich habe von meinen Kollegen zum Abschied eine Küchenmaschine aus Ihrem Haus bekommen. Sehr lieb, aber ich besitze schon eine. Eine Rechnung habe ich natürlich nicht und fragen möchte ich auch nicht. Ist ein Umtausch trotzdem möglich?

Mit besten Grüßen
{name}`,
    answer: `das bekommen wir diskret hin. Auf dem Karton steht unter dem Strichcode eine zwölfstellige Nummer; wenn Sie mir die schicken, finde ich die Bestellung, ohne dass Ihre Kollegen etwas davon erfahren. Sie erhalten dann einen Gutschein über den Kaufpreis. Die Kollegen bekommen weder Post noch Gutschrift.`,
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    subject: 'Kinderbett in Weiß statt Natur',
    text: `Moin moin,

wir haben das Kinderbett in „Kiefer natur“ bestellt und würden doch gern Weiß nehmen. Noch ist nichts geliefert (Bestellung {order}). Geht das noch, oder müssen wir das erst annehmen und dann tauschen? Der errechnete Termin ist der 20. Dezember, also der vom Kind, nicht der vom Bett ;-)

Viele Grüße
{name}`,
    answer: `das Bett war noch nicht verladen, ich habe auf Weiß umgestellt. Preis bleibt gleich, Liefertermin wird {w+5}, der {d+5} – also hoffentlich deutlich vor dem anderen Termin. Die Spedition baut auf Wunsch auf, das hätte ich für Sie ohne Kosten eingetragen, wenn Sie mögen. Alles Gute für die letzten Wochen!`,
    after: `Aufbauen lassen wäre großartig, ich komme gerade nicht mehr gut runter auf den Boden. Danke!!`,
    sex: 'f',
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch', 'falschlieferung'],
    subject: 'Nur ein Stück statt 2er-Set',
    text: `Guten Abend,
laut Beschreibung sind die Kopfkissen ein 2er-Set. Angekommen ist eines. Auf der Packung steht auch „1 Stück“. Ist die Beschreibung falsch oder das Paket?
Bestellung {order}
{name}`,
    answer: `die Beschreibung stimmt, das Paket nicht: Es sollten zwei sein. Das zweite Kissen ist unterwegs und am {w+2}, {d+2} bei Ihnen. Weil auf der Packung „1 Stück“ steht, lasse ich gerade die übrigen Pakete im Lager prüfen. Ihr Hinweis erspart also anderen denselben Abend.`,
    promise: { text: 'Zweites Kopfkissen kommt', days: 2 },
  },
];
