import type { Everyday } from './everyday.ts';

/** Invoices, instalments, reminders. No threats, no shame. */
export const money: Everyday[] = [
  {
    topic: 'payment_instalments',
    tags: ['ratenkauf'],
    subject: 'Rate im Dezember aussetzen?',
    text: `Guten Tag,

ich bin seit November in Kurzarbeit und würde gern fragen, ob ich die Dezemberrate für die Waschmaschine aussetzen und hinten anhängen kann. Kundennummer {number}. Ich habe bisher immer pünktlich gezahlt und möchte das auch weiterhin.

Mit freundlichen Grüßen
{name}`,
    answer: `gut, dass Sie früh schreiben, so lässt sich alles in Ruhe regeln. Die Dezemberrate ist ausgesetzt und rückt ans Ende, Ihre letzte Rate fällt damit auf einen Monat später. Dafür berechnen wir nichts, und es hat keinen Einfluss auf Ihr Kundenkonto oder eine Auskunft über Sie. Sollte der Januar auch eng werden, melden Sie sich bitte wieder, gern direkt bei mir.`,
    after: `Da fällt mir ein Stein vom Herzen. Danke, dass Sie so freundlich damit umgehen.`,
  },
  {
    topic: 'payment_dispute',
    tags: ['rechnung', 'mahnung'],
    subject: 'Mahnung trotz Zahlung!!',
    text: `Ich habe die Rechnung am {d-10} überwiesen und bekomme heute eine Mahnung mit 5 Euro Gebühr!! Kontoauszug hänge ich an. Bitte bringen Sie das in Ordnung.

{name}
Kd.-Nr. {number}`,
    files: ['receipt'],
    answer: `Sie haben pünktlich gezahlt, die Mahnung war unser Fehler. Ihre Überweisung enthielt die Kundennummer, nicht die Rechnungsnummer, und unser System hat sie deshalb beiseitegelegt statt zugeordnet. Das habe ich eben nachgeholt: Rechnung ausgeglichen, Mahngebühr gestrichen, keine weitere Mahnung. Eine schriftliche Bestätigung hängt am Vorgang und geht Ihnen heute noch per Brief zu.`,
    promise: { text: 'Schriftliche Bestätigung des Kontoausgleichs', days: 3 },
  },
  {
    topic: 'payment_invoice',
    tags: ['rechnung'],
    subject: 'Rechnungskopie für die Steuer',
    text: `Sehr geehrte Damen und Herren,

für meine Steuererklärung benötige ich die Rechnung über den Schreibtischstuhl aus dem Februar noch einmal als PDF. Kundennummer {number}.

Vielen Dank
{name}`,
    answer: `die Rechnung liegt jetzt als PDF in Ihrem Kundenkonto unter „Belege“; dort finden Sie auch alle anderen der letzten zehn Jahre. Falls Sie sich nicht anmelden können oder möchten, schicke ich sie Ihnen gern auch per Post. Viel Erfolg mit der Steuererklärung!`,
    after: `Gefunden, danke!`,
  },
  {
    topic: 'payment_instalments',
    tags: ['ratenkauf'],
    subject: 'Restbetrag auf einmal ablösen',
    text: `Hallo, ich habe noch 7 Raten für das Sofa offen und möchte den Rest in einer Summe zahlen. Spare ich dann die restlichen Zinsen? Und wie viel ist das genau? Kundennummer {number}. LG {name}`,
    answer: `ja, die Zinsen der nicht mehr genutzten Zeit entfallen, und eine Gebühr für die vorzeitige Zahlung nehmen wir nicht. Den genauen Betrag mit Rechenweg habe ich Ihnen ins Kundenkonto gelegt, er gilt für eine Zahlung bis {d+5}. Überweisen Sie bitte mit der Nummer des Ratenvertrags, dann ordnet es sich von selbst zu. Danach bekommen Sie von mir die Bestätigung, dass nichts mehr offen ist.`,
    promise: { text: 'Bestätigung der Ablösung nach Zahlungseingang', days: 6 },
  },
  {
    topic: 'payment_invoice',
    tags: ['rechnung', 'lastschrift'],
    subject: 'Lastschrift geplatzt - was nun?',
    text: `Guten Abend,
mir ist das furchtbar unangenehm, aber die Abbuchung ist zurückgegangen, weil mein Gehalt diesmal zwei Tage später kam. Jetzt ist es da. Kann ich einfach überweisen? Muss ich Strafe zahlen?
{name}, {number}`,
    answer: `das muss Ihnen nicht unangenehm sein, so etwas passiert. Ja, überweisen Sie einfach den Rechnungsbetrag, die Daten stehen auf der Rechnung. Die Bankgebühr der Rücklastschrift von 3 € erlasse ich Ihnen. Wenn Ihr Gehalt künftig später kommt, kann ich den Abbuchungstag auf den 5. legen – sagen Sie mir kurz, ob das besser passt.`,
    after: `Den 5. bitte. Sie glauben nicht, wie erleichtert ich bin.`,
  },
  {
    topic: 'payment_dispute',
    tags: ['rechnung'],
    subject: 'Unbekannte Bestellung auf meinem Konto',
    text: `Sehr geehrte Damen und Herren,

in meinem Konto steht eine Bestellung über eine Spielekonsole, die ich nie aufgegeben habe. Lieferadresse ist eine Straße in Kiel, da kenne ich niemanden. Ich habe mein Passwort sofort geändert. Bitte helfen Sie mir, ich mache mir große Sorgen!

{name}
Kundennummer {number}`,
    answer: `Sie haben genau richtig gehandelt. Ich habe die Bestellung angehalten, bevor sie das Lager verlassen hat, die Rechnung gestrichen und Ihr Konto für Bestellungen gesperrt, bis wir gesprochen haben. Bezahlen müssen Sie nichts. Bitte erstatten Sie Anzeige bei der Polizei, das geht online; was Sie dafür brauchen, schicke ich Ihnen bis {w+1}, {d+1} in einem kurzen Schreiben. Angaben zur anderen Person darf ich nur der Polizei geben. Ich rufe Sie morgen unter Ihrer hinterlegten Nummer an.`,
    promise: { text: 'Rückruf und Schreiben für die Anzeige', days: 1 },
  },
  {
    topic: 'payment_invoice',
    tags: ['rechnung'],
    subject: 'Rabattcode nicht abgezogen',
    text: `hallo, ich hatte 15% code HERBST15 eingegeben, stand auch grün da, aber auf der rechnung ist voller preis. {order}. könnt ihr das noch ändern? mfg {first}`,
    answer: `der Code war gültig und stand auch in deiner Bestellung; beim Teilen in zwei Pakete ist er verloren gegangen. Die Rechnung ist berichtigt, du zahlst 15 % weniger, eine neue Fassung liegt in deinem Konto. Falls du schon überwiesen hast, geht der Unterschied automatisch zurück.`,
    after: `top danke`,
  },
  {
    topic: 'payment_instalments',
    tags: ['ratenkauf'],
    subject: 'Ratenplan verstehen',
    text: `Guten Tag,

im Ratenplan stehen „Rate 31,20 €“ und „Zinsanteil“. Können Sie mir in einfachen Worten erklären, was ich am Ende insgesamt zahle? Ich bin 71 und möchte nichts übersehen.

Freundliche Grüße
{name}`,
    answer: `sehr gern, in einfachen Worten: Das Gerät kostet 349 €. Sie zahlen zwölf Monate lang jeden Monat 31,20 €. Zusammen sind das 374,40 €. Der Unterschied von 25,40 € ist der Preis dafür, dass Sie nicht alles auf einmal zahlen. Mehr kommt nicht dazu. Sie dürfen jederzeit den Rest auf einmal zahlen, dann wird es weniger. Wenn Sie möchten, schicke ich Ihnen das auch als Brief in großer Schrift.`,
    after: `Jetzt habe ich es verstanden. Ein Brief in großer Schrift wäre schön, danke.`,
  },
];
