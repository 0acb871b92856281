import type { Everyday } from './everyday.ts';

/** Praise, criticism, suggestions. */
export const voice: Everyday[] = [
  {
    topic: 'voice_praise',
    tags: ['lob'],
    subject: 'Ein Lob an Ihren Fahrer',
    text: `Liebes Hansekontor,

man schreibt ja sonst nur, wenn etwas schiefgeht. Darum heute mal andersherum: Der junge Mann, der am {w-1} unser Sofa gebracht hat, hat meinem Vater (86) noch den alten Sessel in den Keller getragen, obwohl er das nicht musste. So etwas bleibt hängen. Bitte geben Sie das weiter!

Mit dankbaren Grüßen
{name}`,
    answer: `danke, dass Sie sich die Zeit genommen haben – das ist die schönste Mail des Vormittags. Der Fahrer heißt Kenan, ich habe Ihre Zeilen ausgedruckt an seine Spedition geschickt und seinen Disponenten angerufen. Grüßen Sie Ihren Vater herzlich, und viel Freude auf dem neuen Sofa!`,
  },
  {
    topic: 'voice_praise',
    tags: ['lob'],
    subject: 'Danke Frau Nowak!',
    text: `Ihre Kollegin Frau Nowak aus Leipzig hat mir gestern am Telefon 25 Minuten lang geduldig geholfen, meine Bestellung zu ändern. Ich bin fast blind und es ging kein bisschen um Tempo. So muss das sein. {name}`,
    answer: `ich habe Frau Nowak Ihre Mail eben vorgelesen, und sie hat sich sehr gefreut. Für Sie nehmen wir uns immer die Zeit, die es braucht. Wenn Sie mögen, merke ich in Ihrem Konto vor, dass Sie Briefe lieber in großer Schrift oder als Anruf möchten. Sagen Sie einfach, was Ihnen hilft.`,
  },
  {
    topic: 'voice',
    tags: ['anregung'],
    subject: 'Anregung: Packmaße angeben',
    text: `Guten Tag,

bitte schreiben Sie bei Möbeln dazu, wie groß die KARTONS sind. Wir wohnen im 4. Stock mit enger Wendeltreppe. Das Regal misst aufgebaut 80 cm, der Karton aber 2,10 m – er ging nicht um die Kurve und die Fahrer mussten ihn wieder mitnehmen. Das ist für alle Beteiligten Unsinn.

{name}`,
    answer: `Sie haben recht, und Sie sind nicht allein: In diesem Monat sind bei uns 41 Lieferungen aus genau diesem Grund wieder umgekehrt. Ich habe Ihre Mail mit dieser Zahl an den Einkauf Möbel gegeben; dort liegt sie jetzt bei Frau Harms, die bis Anfang Dezember sagen will, ab wann Packmaße auf den Seiten stehen. Ich schreibe Ihnen dann, was daraus geworden ist. Brauchen Sie das Regal noch? Es gibt eines, das in zwei kürzeren Kartons kommt.`,
    promise: { text: 'Nachricht, was aus der Anregung „Packmaße“ wurde', days: 9 },
  },
  {
    topic: 'voice_complaint',
    tags: ['beschwerde'],
    subject: 'Beschwerde über Telefonat',
    text: `Sehr geehrte Damen und Herren,

ich habe heute dreimal angerufen. Beim ersten Mal nach 12 Minuten aufgelegt worden, beim zweiten Mal falsch verbunden, beim dritten Mal musste ich alles von vorn erzählen. Es geht um eine ganz einfache Sache (Liefertermin Gartenbank, {order}). So kann man mit Kunden nicht umgehen.

{name}`,
    answer: `drei Anrufe für eine einfache Frage, das ist ärgerlich, und ich entschuldige mich dafür. Zuerst die Antwort: Ihre Gartenbank kommt am {w+3}, {d+3}, zwischen 8 und 12 Uhr. Zum Telefon: Um 11:40 Uhr ist bei uns eine Leitung ausgefallen, deshalb brach Ihr erster Anruf ab. Dass Sie danach wieder von vorn erzählen mussten, hätte nicht sein dürfen. Ich habe alles hier notiert; wer immer als Nächstes mit Ihnen spricht, sieht es. Wenn Sie möchten, rufe ich Sie an – wann passt es?`,
    promise: { text: 'Gartenbank kommt zwischen 8 und 12 Uhr', days: 3 },
    after: `Danke für die ehrliche Antwort. Ein Anruf ist nicht nötig, ich bin mit der Auskunft zufrieden.`,
  },
  {
    topic: 'voice',
    tags: ['anregung'],
    subject: 'Weniger Verpackung bitte',
    text: `hallo, ein lippenstift in einem karton für stiefel, dazu 3 meter papier. muss das sein? sonst bin ich echt zufrieden mit euch. lg {first}`,
    sex: 'f',
    answer: `nein, das muss nicht sein. Die Packstraße nimmt den kleinsten Karton, der gerade da ist – am {w-1} waren die kleinen ausgegangen. Ab Januar gibt es eine Maschine, die den Karton auf Maß schneidet. Bis dahin sammle ich solche Hinweise mit Datum, damit man sieht, an welchen Tagen es hakt. Deiner ist dabei, danke!`,
  },
  {
    topic: 'voice_complaint',
    tags: ['beschwerde'],
    subject: 'Barrierefreiheit der App',
    text: `Guten Tag,

ich nutze die App mit Sprachausgabe. Seit der letzten Version heißen im Warenkorb alle Knöpfe nur noch „Schaltfläche“. Ich kann nicht mehr selbst bestellen und muss meine Schwester bitten. Das ist kein schönes Gefühl.

Mit freundlichen Grüßen
{name}`,
    answer: `danke, dass Sie es so genau beschreiben. Das ist ein Fehler, kein Komfortproblem, und so habe ich ihn auch gemeldet: mit höchster Dringlichkeit. Die Entwicklung hat bestätigt, dass die Beschriftungen beim Umbau verloren gingen; die Korrektur erscheint bis {w+5}, {d+5}. Bis dahin nehme ich Bestellungen gern telefonisch auf, ohne dass Sie Ihre Schwester fragen müssen – Sie erreichen uns über die Taste 9 ohne Warteschlange.`,
    promise: { text: 'Korrigierte App mit beschrifteten Knöpfen', days: 5 },
  },
  {
    topic: 'voice_praise',
    tags: ['lob'],
    subject: 'Reparaturanleitung',
    text: `Ihre PDF-Anleitung zum Wechsel der Kohlebürsten war Gold wert. Mixer von 2009 läuft wieder. Andere hätten mir einen neuen verkauft. Bleibt so! Gruß aus {city}, {name}`,
    answer: `ein Mixer von 2009, das macht uns ein bisschen stolz. Ihre Mail habe ich an die Kollegin weitergereicht, die diese Anleitungen schreibt; sie hat sich ein Foto gewünscht, falls Sie Lust haben. Und falls in zehn Jahren wieder etwas klemmt: Die Kohlebürsten halten wir vorrätig.`,
  },
];
