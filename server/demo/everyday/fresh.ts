import type { Everyday } from './everyday.ts';

/** For the simulated day only. */
export const fresh: Everyday[] = [
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Zusteller war angeblich da',
    text: `Ich sitze seit 8 Uhr neben der Klingel und bekomme eine Mail „Empfänger nicht angetroffen“. Da war niemand!! Bestellung {order}. Wo ist mein Paket jetzt?
{name}`,
    answer: `dann war die Mail falsch, und das ärgert mich mit Ihnen. Ihr Paket liegt noch im Wagen; der Fahrer kommt heute zwischen 17 und 19 Uhr noch einmal. Klappt das nicht, bringen wir es {w+1} zur Zeit Ihrer Wahl.`,
    after: `Um halb sechs war er da und hat sich entschuldigt. Passt, danke fürs Kümmern.`,
  },
  {
    topic: 'payment_refund',
    tags: ['erstattung'],
    subject: 'Wann kommt die Erstattung?',
    text: `Guten Tag, die Stiefel sind laut Sendungsnummer seit {w-2} wieder bei Ihnen. Wie lange dauert die Erstattung normalerweise? {order}

Grüße
{name}`,
    answer: `die Stiefel sind geprüft und in Ordnung, die Erstattung ist heute freigegeben. Bei Zahlung per Lastschrift dauert es bis {w+2}, {d+2}.`,
    after: `Alles klar, danke für die schnelle Antwort.`,
  },
  {
    topic: 'order_advice',
    to: 'beratung',
    tags: ['beratung'],
    subject: 'Luftreiniger für 40 qm?',
    text: `Hallo, mein Sohn hat Hausstauballergie. Reicht der kleine Luftreiniger für ein Wohnzimmer mit 40 qm, offen zur Küche? Oder lieber zwei kleine? {name}`,
    answer: `für 40 m² offen zur Küche lieber einen großen als zwei kleine: Der „Brise L“ schafft 420 m³ in der Stunde, zwei kleine zusammen nur 300 und brummen doppelt. Für Allergiker wichtig: Filter alle sechs Monate wechseln.`,
  },
  {
    topic: 'delivery_empty',
    tags: ['transportschaden'],
    subject: 'Blumentopf zerbrochen',
    text: `Der große Terrakottatopf kam in drei Teilen. Foto dabei. Bestellung {order}. Ich hätte gern einfach einen neuen. LG {first} {last}`,
    files: ['crack'],
    answer: `ein neuer Topf ist unterwegs, {w+3}, {d+3} ist er da – diesmal mit Eckenschutz. Die Scherben machen sich übrigens gut als Drainage.`,
    after: `Danke! Und der Drainage-Tipp ist super, genau so gemacht.`,
  },
  {
    topic: 'account',
    tags: ['konto'],
    subject: 'Telefonnummer ändern',
    text: `Bitte meine neue Handynummer hinterlegen, die alte gibt es nicht mehr. Ich schreibe sie nicht in die Mail, wie soll ich sie durchgeben? {name}, Kundennr. {number}`,
    answer: `am einfachsten im Konto unter „Meine Daten“. Oder Sie rufen uns an, dann gleichen wir zwei Angaben ab und tragen sie ein.`,
  },
  {
    topic: 'return_exchange',
    tags: ['umtausch'],
    subject: 'Mütze passt Opa nicht',
    text: `Hallo ihr Lieben, die Schiebermütze ist in 58 zu eng, Opa hat einen „Charakterkopf“ (61). Tausch möglich? {order} Danke! {first}`,
    answer: `61 haben wir da, sie ist heute unterwegs und {w+2}, {d+2} bei Ihnen. Grüße an den Charakterkopf!`,
    after: `Opa sagt: sitzt. Und grüßt zurück.`,
  },
  {
    topic: 'payment_instalments',
    tags: ['ratenkauf'],
    subject: 'Rate doppelt abgebucht',
    text: `Sehr geehrte Damen und Herren, am 1. wurde die Rate zweimal abgebucht. Bitte erstatten Sie einen der beiden Beträge. Kundennummer {number}.
{name}`,
    answer: `die doppelte Abbuchung sehe ich, ein Fehler bei unserer Bank. Der Betrag ist zurücküberwiesen und bis {w+2}, {d+2} auf Ihrem Konto.`,
  },
  {
    topic: 'defect_warranty',
    tags: ['gewährleistung'],
    subject: 'Kaffeemaschine tropft',
    text: `Guten Morgen, unsere Kaffeemaschine (gekauft im Mai) tropft unten heraus. Entkalkt ist sie. Was nun? Ohne Kaffee wird das hier schwierig … {order} {name}`,
    answer: `ohne Kaffee geht nichts, deshalb kein langes Hin und Her: Sie bekommen eine neue, {w+1}, {d+1}, der Fahrer nimmt die alte mit.`,
    after: `Sie retten einen ganzen Haushalt. Danke!`,
  },
  {
    topic: 'delivery_incomplete',
    tags: ['lieferung'],
    subject: 'Schraubenbeutel B fehlt',
    text: `Beim Schreibtisch „Kontor“ fehlt Beutel B. Ohne den komme ich ab Schritt 4 nicht weiter. {order}. Ist das als Brief möglich? Danke, {name}`,
    answer: `Beutel B ist heute als Brief unterwegs und {w+2}, {d+2} bei Ihnen. Schritt 5 und 6 gehen auch ohne ihn, falls Sie weiterbauen möchten.`,
  },
  {
    topic: 'voice_praise',
    tags: ['lob'],
    subject: 'Einfach mal danke',
    text: `Bestellt am Montag, da am Mittwoch, alles heil, Rechnung stimmt. Das wollte ich nur mal sagen. {name}`,
    answer: `und wir wollten nur mal sagen: So eine Mail trägt uns durch den ganzen Tag. Danke!`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    language: 'en',
    subject: 'Parcel delivered to wrong house',
    text: `Hello, the tracking says my parcel {order} was delivered and signed by “Schmidt”. I am not Schmidt and there is no Schmidt in our building. Please help! {name}`,
    answer: `thank you for telling us. I have opened an investigation with the carrier and you will have an answer by {w+2}, {d+2} – with the parcel or with a replacement.`,
    after: `Found! It was at number 14 instead of 41. Thank you.`,
  },
  {
    topic: 'delivery_bulky',
    tags: ['spedition'],
    subject: 'Trockner in den 3. Stock?',
    text: `Guten Tag, am Freitag kommt der Wäschetrockner. Tragen die Fahrer ihn bis in den 3. Stock ohne Aufzug oder nur bis zur Haustür? Ich bin 74 und allein. {name}, {order}`,
    answer: `bis an den Platz, an dem er stehen soll. Sie müssen nichts heben. Den alten Trockner nehmen die beiden auf Wunsch gleich mit, kostenlos; soll ich das eintragen?`,
    after: `Ja bitte, den alten mitnehmen. Sie sind sehr freundlich.`,
  },
  {
    topic: 'return',
    tags: ['retoure'],
    subject: 'Kann ich im Laden zurückgeben?',
    text: `Hi, habt ihr auch Läden, wo ich die Sachen einfach abgeben kann? Paketshop ist hier 11 km weg. {first}`,
    answer: `Läden haben wir nicht, aber wir holen ab: {w+2}, {d+2}, oder jeden anderen Werktag. Sag mir einfach, wann.`,
    after: `freitag nachmittag wär super`,
  },
  {
    topic: 'payment_invoice',
    tags: ['rechnung'],
    subject: 'Rechnung auf Firma umschreiben',
    text: `Sehr geehrte Damen und Herren,

bitte stellen Sie die Rechnung zu {order} auf meine Praxis um (Anschrift im Konto hinterlegt). Die Ware ist schon bezahlt.

Mit freundlichen Grüßen
{name}`,
    answer: `die Rechnung ist umgeschrieben und liegt in Ihrem Konto unter „Belege“; die alte ist storniert, damit beim Finanzamt nichts doppelt ist.`,
  },
];
