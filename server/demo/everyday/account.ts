import type { Everyday } from './everyday.ts';

/** Account, address, data. */
export const account: Everyday[] = [
  {
    topic: 'account',
    tags: ['konto'],
    subject: 'Neue Anschrift',
    text: `Sehr geehrte Damen und Herren,

bitte ändern Sie meine Anschrift ab 1. Dezember: {street}, {city}. Telefonnummer bleibt. Kundennummer {number}.

MfG {name}`,
    answer: `Ihre neue Anschrift ist zum 1. Dezember vorgemerkt; bis dahin liefern wir an die alte. Eine offene Bestellung gibt es gerade nicht, es kann also nichts ins Leere laufen. Ich wünsche Ihnen einen guten Umzug – und falls noch eine Lampe fehlt, wissen Sie ja, wo wir sind.`,
  },
  {
    topic: 'account',
    tags: ['konto', 'anmeldung'],
    subject: 'Komme nicht mehr in mein Konto',
    text: `Hallo,
seit dem Update sagt die App immer „Anmeldung fehlgeschlagen“. Passwort habe ich zweimal neu gesetzt. Im Browser geht es komischerweise. Android 15.
{name}, {number}`,
    answer: `dass es im Browser geht und in der App nicht, ist ein guter Hinweis: Die App merkt sich seit dem Update eine alte Anmeldung. Bitte einmal App-Einstellungen öffnen, „Daten löschen“ antippen (Ihre Merkliste bleibt, die liegt bei uns) und neu anmelden. Wenn es danach noch hakt, schreiben Sie mir; die Korrektur der App kommt laut Technik in der nächsten Woche.`,
    after: `Hat geklappt, vielen Dank!`,
  },
  {
    topic: 'account_data',
    tags: ['datenschutz'],
    subject: 'Auskunft nach Art. 15 DSGVO',
    text: `Sehr geehrte Damen und Herren,

hiermit bitte ich um Auskunft nach Art. 15 DSGVO über die zu meiner Person gespeicherten Daten, deren Herkunft, Empfänger und die geplante Speicherdauer. Bitte antworten Sie innerhalb der gesetzlichen Frist.

{name}
{street}, {city}`,
    answer: `Ihr Auskunftsersuchen ist heute eingegangen, ich habe es unserem Datenschutz übergeben. Die Auskunft bekommen Sie spätestens einen Monat nach heute, in der Regel früher. Damit niemand anderes Ihre Daten erhält, geht sie als Brief an die Anschrift aus Ihrem Kundenkonto. Ist die noch aktuell? Es genügt ein Ja oder die neue.`,
    promise: { text: 'Auskunft nach Art. 15 DSGVO per Brief', days: 20 },
    after: `Ja, die Anschrift stimmt. Danke für die schnelle Bestätigung.`,
  },
  {
    topic: 'account',
    tags: ['newsletter'],
    subject: 'Bitte keine Werbung mehr',
    text: `Trotz Abmeldung bekomme ich weiter den Newsletter und jetzt auch noch Papierkataloge. Ich möchte NUR noch Post, die mit meinen Bestellungen zu tun hat. {name}, {number}`,
    answer: `verstanden: Newsletter, Katalog und Werbung per Post sind ab sofort abgestellt, auch bei dem Dienstleister, der die Kataloge druckt. Ein Katalog, der schon in der Druckerei liegt, könnte Sie in den nächsten zwei Wochen noch erreichen; danach nichts mehr. Dass Ihre erste Abmeldung nicht gewirkt hat, habe ich unserem Datenschutz gemeldet.`,
  },
  {
    topic: 'account',
    tags: ['konto'],
    subject: 'Konto auf Ehename ändern',
    text: `Hallo zusammen,

ich habe am Samstag geheiratet und heiße jetzt anders :-) Was braucht ihr, um den Namen im Kundenkonto zu ändern? Mailadresse bleibt erst mal die alte.

Liebe Grüße
{first} {last} (bald nicht mehr)`,
    answer: `herzlichen Glückwunsch zur Hochzeit! Eine Urkunde brauchen wir nicht, es reicht, wenn Sie sich einmal im Konto anmelden und den neuen Namen unter „Meine Daten“ eintragen. Laufende Garantien und Rechnungen behalten ihre Gültigkeit. Nur bei einem Ratenkauf müssten wir den Vertrag umschreiben, aber da ist bei Ihnen nichts offen.`,
    after: `Hat geklappt, und danke für die Glückwünsche!`,
  },
  {
    topic: 'account',
    tags: ['konto'],
    subject: 'Konto meines verstorbenen Mannes',
    text: `Sehr geehrte Damen und Herren,

mein Mann ist vor drei Wochen verstorben. Er hatte ein Konto bei Ihnen und es kommt noch Post. Was muss ich tun? Ob noch etwas offen ist, weiß ich nicht.

{name}
{street}, {city}`,
    sex: 'f',
    answer: `mein aufrichtiges Beileid. Sie müssen möglichst wenig tun: Nennen Sie mir bitte den Namen Ihres Mannes und, wenn Sie ihn finden, seine Kundennummer von einem Brief. Ich sehe dann nach, ob etwas offen ist, und stelle alle Post ab. Eine Kopie der Sterbeurkunde brauchen wir nur, falls ein Guthaben an Sie auszuzahlen ist; auch das hat Zeit. Sie erreichen mich unter diesem Vorgang direkt, Sie müssen es niemandem ein zweites Mal erzählen.`,
  },
  {
    topic: 'account',
    tags: ['konto'],
    subject: 'Zwei Kundennummern',
    text: `Guten Tag, ich habe offenbar zwei Kundenkonten, eines von früher über den Katalog und eines online. Kann man die zusammenlegen? Meine Bonuspunkte sind auf dem alten. Nummern: {number} und die auf dem Katalog, die hab ich nicht mehr. Grüße {name}`,
    answer: `das geht, und die Bonuspunkte kommen mit. Damit ich sicher das richtige alte Konto nehme, nennen Sie mir bitte Ihre damalige Postanschrift; die Katalognummer finde ich darüber selbst. Nach dem Zusammenlegen sehen Sie alle früheren Bestellungen an einem Ort. Es dauert keine zwei Tage.`,
  },
];
