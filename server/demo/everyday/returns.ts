import type { Everyday } from './everyday.ts';

/** Sending back, and getting the money. */
export const returns: Everyday[] = [
  {
    topic: 'payment_refund',
    tags: ['erstattung'],
    subject: 'Rücksendung angekommen, Geld nicht',
    text: `Guten Tag,

meine Retoure (Wintermantel, 149,99 €) wurde laut Beleg am {d-11} bei Ihnen angenommen. Auf meinem Konto ist bisher nichts eingegangen. Bestellnummer {order}.

Bitte prüfen Sie das.

Freundliche Grüße
{name}`,
    answer: `ich habe Ihren Mantel gefunden: Er ist am {d-11} bei uns angekommen, lag dann aber ohne Lieferschein in der Klärung. Das lag nicht an Ihnen, der Schein hatte sich gelöst. Die 149,99 € habe ich soeben freigegeben, sie sind bis {w+2}, {d+2} auf dem Konto, von dem Sie bezahlt haben. Zwei Tage später schaue ich nach, ob die Buchung durch ist.`,
    promise: { text: 'Erstattung 149,99 € für den Wintermantel', days: 2 },
    after: `Geld ist da, vielen Dank für die schnelle Hilfe.

MfG {name}`,
  },
  {
    topic: 'return',
    tags: ['retoure'],
    subject: 'Retourenschein fehlt',
    text: `Hallo, im Paket lag kein Rücksendeschein. Ich möchte zwei von drei Hosen zurückgeben (Größe fällt sehr klein aus). Bestellung {order}. Drucker hab ich keinen. LG {first}`,
    answer: `ein Drucker ist nicht nötig: Ich habe Ihnen gerade einen Strichcode fürs Handy geschickt, den zeigen Sie einfach im Paketladen vor, dort wird der Aufkleber gedruckt. Legen Sie die beiden Hosen zusammen in einen Karton. Und danke für den Hinweis zur Größe – ich gebe ihn an den Einkauf weiter, Sie sind diese Woche nicht die Einzige mit dieser Beobachtung.`,
    sex: 'f',
  },
  {
    topic: 'return',
    tags: ['retoure', 'frist'],
    subject: 'Rückgabefrist versäumt wegen Krankenhaus',
    text: `Sehr geehrte Damen und Herren,

ich war drei Wochen im Krankenhaus und konnte die Stehlampe (Bestellung {order}) nicht fristgerecht zurücksenden. Sie ist unbenutzt und originalverpackt. Ich weiß, dass ich keinen Anspruch mehr habe, möchte aber höflich fragen, ob Sie eine Ausnahme machen können.

Mit freundlichen Grüßen
{name}`,
    answer: `zuerst: Ich hoffe, es geht Ihnen wieder besser. Und ja, wir machen die Ausnahme gern. Die Lampe können Sie bis zum Monatsende zurückgeben; damit Sie nichts tragen müssen, lasse ich sie bei Ihnen abholen. Passt Ihnen {w+3}, der {d+3} zwischen 10 und 13 Uhr? Eine kurze Antwort genügt, um den Rest kümmere ich mich.`,
    after: `Das ist sehr freundlich von Ihnen. {w+3} passt mir gut. Ich bin Ihnen wirklich dankbar.

{name}`,
  },
  {
    topic: 'return',
    tags: ['retoure', 'abholung'],
    subject: 'Abholung Kühlbox nicht erfolgt',
    text: `Guten Tag,

für {w-1} zwischen 12 und 16 Uhr war die Abholung der Kühlbox vereinbart. Ich habe mir extra freigenommen. Es kam niemand, und angerufen hat auch keiner.

Ich erwarte einen neuen Termin – diesmal bitte verlässlich.

{name}, {street}, {city}`,
    answer: `Sie haben einen freien Nachmittag für uns geopfert und wir sind nicht gekommen. Das tut mir leid. Der Wagen ist in Hannover liegen geblieben, und die Zentrale hat vergessen, Sie anzurufen. Mein Vorschlag: {w+3}, {d+3}, zwischen 18 und 20 Uhr, damit Sie nicht wieder freinehmen müssen. Für den verlorenen Nachmittag schreibe ich Ihnen 20 € gut. Ist der Abend für Sie möglich?`,
    promise: { text: 'Abholung der Kühlbox zwischen 18 und 20 Uhr', days: 3 },
  },
  {
    topic: 'payment_refund',
    tags: ['erstattung'],
    subject: 'Falscher Betrag erstattet',
    text: `Hallo,

ich habe drei Artikel zurückgeschickt (je 24,95 €), erstattet wurden 49,90 €. Das sind nur zwei. Laut Ihrer Packliste sind aber alle drei angekommen. Bestellung {order}, Screenshot kann ich gern schicken.

Viele Grüße
{name}`,
    answer: `Sie haben richtig gerechnet: 24,95 € fehlen. Der dritte Artikel wurde bei uns doppelt als „Größe 40“ verbucht und deshalb einmal verworfen. Der Betrag ist angewiesen und kommt bis {w+2}, {d+2} an; den Screenshot brauchen Sie nicht zu schicken. Danke, dass Sie so genau hingesehen haben.`,
    promise: { text: 'Restbetrag 24,95 € wird erstattet', days: 2 },
  },
  {
    topic: 'return',
    tags: ['widerruf'],
    subject: 'Widerruf',
    text: `Hiermit widerrufe ich den Vertrag über die Bestellung {order} vom {d-6}, Kaffeevollautomat. Die Ware ist noch verschlossen. Bitte bestätigen Sie den Eingang und teilen Sie mir die Rücksendung mit.

{name}
{street}
{city}`,
    answer: `hiermit bestätige ich, dass Ihr Widerruf zur Bestellung {order} heute bei uns eingegangen ist. Der Automat wiegt 14 kg, deshalb schicke ich Ihnen einen Abholer: {w+2}, {d+2}, zwischen 9 und 13 Uhr, kostenlos. Sobald der Fahrer den Karton übernommen hat, stoße ich die Erstattung an, spätestens 14 Tage nach heute ist das Geld bei Ihnen. Einen Grund müssen Sie nicht nennen – wenn Sie ihn mir trotzdem verraten, lernen wir daraus.`,
    promise: { text: 'Abholung des Kaffeevollautomaten', days: 2 },
  },
  {
    topic: 'return',
    tags: ['retoure'],
    subject: 'Paket aus Versehen an euch zurückgeschickt',
    text: `Moin,
mir ist was Dummes passiert. In dem Rücksendekarton lag noch die Hundeleine, die ich gar nicht zurückgeben wollte. Kommt man da noch ran? Sie ist rot und heißt wie unser Hund: Emil (steht drauf).
{order}
Danke schon mal, {first}`,
    answer: `Emil ist gefunden! Die Kollegin an der Retourenstraße hat die rote Leine beiseitegelegt, weil ein Name darauf stand. Sie liegt jetzt in einem Umschlag an Sie und sollte bis {w+2}, {d+2} in Ihrem Briefkasten sein. Grüßen Sie den Namensgeber, er muss solange bitte an der langen Leine laufen.`,
    promise: { text: 'Hundeleine „Emil“ kommt per Post zurück', days: 2 },
    after: `Ihr seid die Besten. Emil wedelt.`,
  },
  {
    topic: 'payment_refund',
    tags: ['erstattung', 'gutschein'],
    subject: 'Gutschein nach Retoure weg',
    text: `Sehr geehrter Kundenservice,

ich hatte meine Bestellung {order} mit einem Geschenkgutschein über 50 € bezahlt. Nach der Rückgabe wurde nur der Restbetrag von 12,90 € erstattet. Wo ist der Gutschein geblieben?

Freundliche Grüße
{name}`,
    answer: `Ihr Gutschein ist nicht verloren. Nach einer Rückgabe lebt er automatisch wieder auf, nur verrät Ihnen das bisher niemand – ein guter Hinweis von Ihnen. Der Code ist derselbe, die 50 € sind ab sofort wieder einlösbar und drei Jahre gültig. Ich habe es eben selbst geprüft.`,
  },
  {
    topic: 'return',
    tags: ['retoure', 'probe'],
    subject: 'Matratze Probeschlafen, wie zurück?',
    text: `Hallo Hansekontor,

nach vier Wochen Probeschlafen steht fest: zu hart für mich. Wie bekomme ich das 1,60-m-Teil zurück? In den Karton passt sie ja nie wieder, die war ja zusammengerollt.

Schöne Grüße aus {city}
{name}`,
    answer: `in den Karton muss sie auch nicht. Zwei Kollegen der Spedition holen die Matratze so ab, wie sie ist; eine Hülle bringen sie mit. Frei wären {w+3}, {d+3} vormittags oder {w+4}, {d+4} ab 16 Uhr. Wenn Sie mögen, sage ich Ihnen auch, welches Modell zwei Stufen weicher ist – unsere Produktberatung in Hamburg hat alle probegelegen.`,
    after: `{w+4} ab 16 Uhr passt. Und ja, bitte einen Tipp für etwas Weicheres, ich schlafe auf der Seite.

{name}`,
  },
  {
    topic: 'payment_refund',
    tags: ['erstattung'],
    subject: 'Erstattung auf falsches Konto?',
    text: `Guten Tag, Sie schreiben, der Betrag sei auf das Konto mit den Endziffern 88 überwiesen worden. Dieses Konto gibt es nicht mehr, ich habe die Bank gewechselt. Bitte auf mein neues Konto. Die IBAN möchte ich ungern per Mail schicken. Wie machen wir das? {name}`,
    answer: `sehr umsichtig, dass Sie die IBAN nicht per Mail schicken. Zwei Wege: Sie hinterlegen sie in Ihrem Kundenkonto unter „Zahlungsdaten“, oder ich rufe Sie unter der hinterlegten Nummer zurück. Die Überweisung auf das alte Konto ist heute zurückgekommen, das Geld liegt also sicher bei uns. Sagen Sie mir kurz, was Ihnen lieber ist.`,
  },
];
