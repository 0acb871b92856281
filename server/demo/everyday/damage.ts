import type { Everyday } from './everyday.ts';

/** Broken on the way. */
export const damage: Everyday[] = [
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    subject: 'Glasplatte vom Couchtisch gesprungen',
    text: `Sehr geehrte Damen und Herren,

heute wurde der Couchtisch geliefert, beim Auspacken haben wir gesehen, dass die Glasplatte von einer Ecke zur anderen gesprungen ist (siehe Foto). Die Fahrer waren da schon weg. Wir haben alles so liegen lassen.

Bestellung {order}

Mit freundlichen Grüßen
{name}`,
    files: ['crack'],
    answer: `ein gesprungener Tisch ist kein schöner Empfang. Gut, dass Sie alles liegen gelassen haben; bitte fassen Sie die Platte nicht ohne Handschuhe an. Eine neue Glasplatte ist bestellt, die Spedition bringt sie am {w+4}, {d+4} und nimmt die alte fachgerecht mit – der Tisch selbst bleibt bei Ihnen. Das Zeitfenster nennt Ihnen der Fahrer am Vorabend telefonisch.`,
    promise: { text: 'Neue Glasplatte wird gebracht, alte mitgenommen', days: 4 },
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    subject: 'Karton eingedrückt, Fernseher defekt?',
    text: `Hallo,

der Karton vom Fernseher ({order}) war an der Seite tief eingedrückt. Ich hab ihn trotzdem angenommen, weil der Fahrer meinte, das sei nur der Karton. Beim Einschalten sehe ich jetzt einen schwarzen Streifen. War das jetzt mein Fehler, weil ich unterschrieben habe?

{name}`,
    files: ['parcel', 'device'],
    answer: `nein, das war nicht Ihr Fehler: Eine Unterschrift heißt nur, dass etwas angekommen ist, nicht dass es heil ist. Der schwarze Streifen kommt vom Stoß. Am {w+3}, {d+3} bringen zwei Kollegen einen neuen Fernseher, schließen ihn an und nehmen den defekten mit. Lassen Sie das Gerät bis dahin bitte ausgeschaltet. Der Hinweis „ist nur der Karton“ hätte so nicht fallen dürfen; das bespreche ich mit der Spedition.`,
    promise: { text: 'Neuer Fernseher, Tausch an der Haustür', days: 3 },
    after: `Danke, das beruhigt mich. {w+3} bin ich ab 14 Uhr zuhause, vorher müsste bitte jemand bei meiner Nachbarin klingeln (gleiche Etage).`,
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    subject: 'Scherben',
    text: `In der Lieferung {order} waren von 6 Weingläsern 2 kaputt. Den Rest würde ich gern behalten. Bitte nur die zwei ersetzen. Gruß {name}`,
    answer: `gern, nur die zwei: Da es sie nicht einzeln gibt, schicke ich Ihnen einen ganzen Sechser-Karton ohne Berechnung. Die überzähligen vier sind dann für den Fall, dass mal jemand schwungvoll anstößt. Ankunft {w+2}, {d+2}, diesmal doppelt gepolstert.`,
    promise: { text: 'Weingläser kommen, doppelt gepolstert', days: 2 },
    after: `Sehr großzügig, vielen Dank. Angestoßen wird trotzdem vorsichtig.`,
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden', 'lebensmittel'],
    subject: 'Olivenöl ausgelaufen',
    text: `Guten Tag,

im Präsentkorb ist eine Flasche Olivenöl ausgelaufen und hat alles andere getränkt, auch die Grußkarte. Der Korb war für den 80. Geburtstag meines Vaters am {w+3}. Können Sie da noch etwas retten? {order}

Mit freundlichen Grüßen
{name}`,
    answer: `das retten wir: Ein neuer Präsentkorb wird heute Nachmittag frisch gepackt und geht per Kurier direkt an Ihren Vater, Ankunft am Vortag seines Geburtstags bis 18 Uhr. Den Kartentext habe ich aus Ihrer Bestellung übernommen. Möchten Sie daran etwas ändern, genügt eine Antwort bis 15 Uhr. Den öligen Korb entsorgen Sie bitte, wir brauchen nichts zurück.`,
    promise: { text: 'Neuer Präsentkorb per Kurier vor dem Geburtstag', days: 2 },
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    subject: 'Kratzer auf Esstisch',
    text: `Hallo liebes Service-Team,

auf dem neuen Esstisch ist ein ca. 12 cm langer Kratzer, ziemlich in der Mitte. Den ganzen Tisch wieder abbauen und zurückschicken ist mir ehrlich gesagt zu viel, sonst gefällt er uns. Was schlagen Sie vor?

Bestellung {order}, Foto anbei.
LG {name}`,
    files: ['crack'],
    answer: `Sie haben die Wahl. Erstens: Unser Möbeldoktor kommt zu Ihnen und behebt den Kratzer, das dauert etwa eine Stunde und kostet Sie nichts; frei wäre {w+5}, {d+5}. Zweitens: Sie behalten den Tisch, wie er ist, und ich erstatte 90 €. Drittens, falls Sie es sich doch anders überlegen: Tausch gegen einen neuen samt Auf- und Abbau durch uns. Was passt Ihnen am besten?`,
    after: `Der Möbeldoktor klingt gut! {w+5} vormittags bitte.`,
  },
  {
    topic: 'delivery_empty',
    tags: ['mangel'],
    subject: 'Spiegelschrank: Tür hängt schief',
    text: `Guten Tag,
die linke Tür des Spiegelschranks lässt sich nicht einstellen, ein Scharnier ist verbogen. Ich bräuchte nur das Scharnier, nicht den ganzen Schrank.
{order}
Freundlichst {name}`,
    answer: `so soll es sein: Sie bekommen zwei neue Scharniere samt Schrauben als Brief, Ankunft {w+2}, {d+2}. Zwei, damit beide Türen gleich sitzen. Sollte es beim Einstellen klemmen, hilft ein Trick: erst die mittlere Schraube lösen, dann die hintere drehen. Und sonst rufen Sie uns an, wir gehen es gemeinsam durch.`,
    promise: { text: 'Zwei Scharniere kommen als Brief', days: 2 },
  },
];
