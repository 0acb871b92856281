import type { TeamKey } from './places.ts';

interface SnippetPlan {
  shortcut: string;
  title: string;
  de: string;
  en: string;
  /** Else everybody's. */
  team?: TeamKey;
}

/** What Hansekontor writes every day. */
export const snippets: readonly SnippetPlan[] = [
  {
    shortcut: 'hallo',
    title: 'Gruß und Dank für die Nachricht',
    de: '{{kunde.anrede}},\n\nvielen Dank für Ihre Nachricht. ',
    en: '{{customer.salutation}},\n\nthank you for your message. ',
  },
  {
    shortcut: 'gruss',
    title: 'Schluss mit Namen',
    de: 'Wenn noch etwas offen ist, antworten Sie einfach auf diese Nachricht.\n\nFreundliche Grüße\n{{berater.name}}',
    en: 'If anything is still open, simply reply to this message.\n\nKind regards\n{{adviser.name}}',
  },
  {
    shortcut: 'nummer',
    title: 'Vorgangsnummer nennen',
    de: 'Ihr Anliegen hat bei uns die Nummer {{vorgang.nummer}}. Wenn Sie anrufen, nennen Sie sie einfach; Sie müssen dann nichts noch einmal erzählen.',
    en: 'Your concern has the number {{case.number}} with us. If you call, just say it; you will not have to tell anything again.',
  },
  {
    shortcut: 'sendung',
    title: 'Sendung wird gesucht',
    de: 'Ihre Sendung ist länger unterwegs, als sie sein sollte. Ich habe heute, am {{datum.heute}}, beim Paketdienst nachgefragt und melde mich spätestens in zwei Werktagen bei Ihnen, auch wenn es noch nichts Neues gibt.',
    en: 'Your parcel has been on its way for longer than it should be. I asked the carrier today, {{date.today}}, and will write to you within two working days at the latest, even if there is no news.',
  },
  {
    shortcut: 'verspaetet',
    title: 'Lieferung verspätet sich',
    de: 'Die Lieferung verspätet sich, und das tut mir leid. Der neue Termin ist voraussichtlich der … . Möchten Sie nicht so lange warten, nehmen wir die Bestellung kostenlos zurück; eine kurze Antwort genügt.',
    en: 'The delivery is late, and I am sorry about that. The new date is probably … . If you would rather not wait, we cancel the order free of charge; a short reply is enough.',
  },
  {
    shortcut: 'retoure',
    title: 'Rücksendung: so geht es',
    de: 'So senden Sie zurück:\n1. Legen Sie den Artikel in einen stabilen Karton.\n2. Kleben Sie das Etikett auf, das dieser Nachricht beiliegt.\n3. Geben Sie das Paket in einem Paketshop ab und heben Sie den Beleg auf.\n\nDas Geld ist spätestens 14 Tage nach Ihrem Widerruf wieder bei Ihnen, sobald die Ware da ist oder Sie den Beleg geschickt haben.',
    en: 'This is how you send it back:\n1. Put the article into a sturdy box.\n2. Stick on the label enclosed with this message.\n3. Hand the parcel in at a parcel shop and keep the receipt.\n\nYou have your money back within 14 days of your withdrawal at the latest, once the goods are here or you have sent us the receipt.',
  },
  {
    shortcut: 'widerruf',
    title: 'Widerruf bestätigen',
    de: 'Ihren Widerruf haben wir heute, am {{datum.heute}}, erhalten. Bitte senden Sie die Ware innerhalb von 14 Tagen zurück. Wir erstatten alle Zahlungen mit demselben Zahlungsmittel, das Sie beim Kauf verwendet haben.',
    en: 'We received your withdrawal today, {{date.today}}. Please send the goods back within 14 days. We refund all payments by the means of payment that you used for the purchase.',
  },
  {
    shortcut: 'erstattung',
    title: 'Erstattung ist veranlasst',
    de: 'Die Erstattung ist veranlasst. Je nach Bank dauert es drei bis fünf Werktage, bis das Geld bei Ihnen ist.',
    en: 'The refund is on its way. Depending on the bank it takes three to five working days until you have the money.',
  },
  {
    shortcut: 'foto',
    title: 'Um Fotos bitten',
    de: 'Damit wir den Schaden schnell regeln können, senden Sie mir bitte zwei Fotos: eines vom Artikel und eines von der Verpackung mit dem Aufkleber. Es genügt, auf diese Nachricht zu antworten.',
    en: 'So that we can settle the damage quickly, please send me two pictures: one of the article and one of the packaging with its label. Simply reply to this message.',
  },
  {
    shortcut: 'gewaehr',
    title: 'Gewährleistung und Garantie',
    de: 'Für Mängel stehen wir als Verkäufer zwei Jahre lang ein (Gewährleistung). Eine Garantie des Herstellers gilt zusätzlich und schränkt das nicht ein. Sie dürfen zunächst zwischen Reparatur und neuem Gerät wählen.',
    en: 'As the seller we are liable for defects for two years (statutory warranty). A guarantee of the manufacturer comes on top and takes nothing away from it. You may choose between a repair and a new item first.',
  },
  {
    shortcut: 'weiter',
    title: 'Fachabteilung prüft',
    de: 'Ihre Frage habe ich an unsere Fachabteilung gegeben und dort alles erklärt; Sie müssen nichts wiederholen. Ich bleibe für Sie zuständig und melde mich, sobald ich die Antwort habe.',
    en: 'I have passed your question on to our specialists and explained everything there; you do not have to repeat anything. I remain responsible for you and will write as soon as I have the answer.',
  },
  {
    shortcut: 'sorry',
    title: 'Um Entschuldigung bitten',
    de: 'Dass Sie deswegen schon zum zweiten Mal schreiben müssen, hätte nicht passieren dürfen. Dafür bitte ich Sie im Namen von {{firma.name}} um Entschuldigung.',
    en: 'You should not have had to write about this twice. On behalf of {{company.name}} I apologise for that.',
  },
  {
    shortcut: 'barrierefrei',
    title: 'Barrierefreiheit: Stand und Erklärung',
    de: 'Unser Kundendienst im Netz ist teilweise mit den Anforderungen an die Barrierefreiheit vereinbar (WCAG 2.2, Stufen A und AA; Barrierefreiheitsstärkungsgesetz): Die Prüfungen, die vor jeder Ausgabe laufen, haben nichts beanstandet. Nicht alles lässt sich aber durch ein Programm prüfen, und einige Grenzen bleiben. Was geprüft wurde, welche Grenzen das sind und an welche Behörde Sie sich wenden können, steht in unserer Erklärung zur Barrierefreiheit, ohne Anmeldung: {{firma.barrierefreiheit}}\n\nFällt Ihnen eine Barriere auf, oder brauchen Sie eine Auskunft in anderer Form, etwa in einfachen Worten oder in größerer Schrift? Eine kurze Antwort auf diese Nachricht genügt.',
    en: 'Our customer service on the web meets the requirements for accessibility in part (WCAG 2.2, levels A and AA; European Accessibility Act): the checks that run before every release found nothing against them. But not everything can be checked by a program, and some limits remain. What was checked, which limits those are, and which authority you can turn to is said in our accessibility statement, without signing in: {{company.accessibility}}\n\nHave you met a barrier, or do you need information in another form, such as plain words or larger type? A short reply to this message is enough.',
  },
  {
    shortcut: 'mass',
    title: 'Maße und Transportweg klären',
    team: 'beratung',
    de: 'Damit das gute Stück auch ankommt: Wie breit sind Haustür, Treppenhaus und Wohnungstür an der schmalsten Stelle, und gibt es einen Aufzug?',
    en: 'So that it will also fit in: how wide are the front door, the stairs and the door of your flat at the narrowest point, and is there a lift?',
  },
];
