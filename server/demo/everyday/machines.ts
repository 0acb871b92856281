import type { ClientKey } from '../mail/plan.ts';

/** What no human wrote for us: absence notes, newsletters, spam. */
export interface MachineMail {
  from: { name: string; address: string; client: ClientKey };
  subject: string;
  text: string;
  headers: string[];
  html?: string;
  /** What an adviser does with it. */
  fate: 'spam' | 'leave';
}

export const machines: MachineMail[] = [
  {
    from: { name: 'Bürowelt Angebote', address: 'news@buerowelt-angebote.example', client: 'thunderbird' },
    subject: 'Nur heute: 20 % auf Toner und Papier',
    text: 'Liebe Kundin, lieber Kunde,\n\nnur heute sparen Sie 20 % auf alle Toner. Jetzt zugreifen!\n\nSie erhalten diese Mail, weil Sie unseren Newsletter abonniert haben. Abmelden: siehe unten.',
    html: '<html><body style="background:#f4f4f4"><table width="600"><tr><td><h1 style="color:#0a58ca">20 % auf Toner</h1><p>Nur heute sparen Sie <b>20 %</b> auf alle Toner.</p><img src="https://tracking.buerowelt-angebote.example/p.gif?u=4711" width="1" height="1"><p style="font-size:10px">Abmelden: <a href="https://buerowelt-angebote.example/ab">hier klicken</a></p></td></tr></table></body></html>',
    headers: [
      'List-Unsubscribe: <https://buerowelt-angebote.example/ab>',
      'List-Id: <news.buerowelt-angebote.example>',
      'Precedence: bulk',
    ],
    fate: 'spam',
  },
  {
    from: { name: 'Fachverband Versandhandel', address: 'rundbrief@fachverband-versand.example', client: 'outlook' },
    subject: 'Rundbrief 11/2026: Rücksendequoten und neue Regeln',
    text: 'Sehr geehrte Mitglieder,\n\nanbei die Themen des Monats: Rücksendequoten im Textilhandel, neue Regeln zur Reparierbarkeit, Termine 2027.\n\nMit freundlichen Grüßen\nIhre Geschäftsstelle',
    headers: ['List-Id: <rundbrief.fachverband-versand.example>', 'Precedence: list'],
    fate: 'leave',
  },
  {
    from: { name: 'SEO Partner', address: 'mark@top-ranking-seo.example', client: 'gmail' },
    subject: 'Re: your website ranking',
    text: 'Hi there,\n\nI was checking your website and found several errors. We can put you on page 1 of all search engines within 14 days. Shall I send you the price list?\n\nBest,\nMark',
    headers: [],
    fate: 'spam',
  },
  {
    from: { name: 'Paketzentrale', address: 'noreply@paket-zoll-info.example', client: 'thunderbird' },
    subject: 'Ihre Sendung wird zurückgehalten - Zollgebühr 1,99 EUR',
    text: 'Sehr geehrter Kunde,\n\nIhre Sendung wurde vom Zoll angehalten. Bitte begleichen Sie umgehend die offene Gebühr von 1,99 EUR unter folgendem Verweis, sonst wird das Paket vernichtet.\n\nhttp://paket-zoll-info.example/zahlen',
    headers: ['X-Spam-Flag: YES', 'X-Spam-Score: 8.4'],
    fate: 'spam',
  },
  {
    from: { name: 'Dr. med. Ute Harder', address: 'praxis.harder@t-online.example', client: 'tonline' },
    subject: 'Automatische Antwort: Ihre Bestellung ist unterwegs',
    text: 'Vielen Dank für Ihre Nachricht. Die Praxis ist bis einschließlich 29.11. geschlossen. In dringenden Fällen wenden Sie sich bitte an die Vertretung.\n\nDr. med. Ute Harder',
    headers: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Precedence: bulk'],
    fate: 'leave',
  },
  {
    from: { name: 'Heinz-Georg Ritter', address: 'hg.ritter@outlook.example', client: 'outlook' },
    subject: 'Abwesenheitsnotiz: Rückfrage zu Ihrer Rücksendung',
    text: 'Ich bin bis zum 30. November auf Kur und lese keine E-Mails. Ab Dezember bin ich wieder für Sie da.\n\nH.-G. Ritter',
    headers: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: DR, OOF, AutoReply'],
    fate: 'leave',
  },
  {
    from: { name: 'Gewinnspiel Team', address: 'gewinn@super-gewinner-2026.example', client: 'gmail' },
    subject: 'Herzlichen Glückwunsch!!! Sie wurden ausgewählt',
    text: 'SIE HABEN GEWONNEN! Ein Einkaufsgutschein über 500 € wartet auf Sie. Antworten Sie mit Ihren Kontodaten.',
    headers: [],
    fate: 'spam',
  },
];

/** A bounce for an answer of ours (RFC 3464), as a mail server writes it. */
export function bounce(to: string, recipient: string, messageId: string, subject: string, boundary: string, date: string): Buffer {
  const text = `Diese Nachricht wurde automatisch vom Mailserver erstellt.\r\n\r\nIhre Nachricht an\r\n\r\n    ${recipient}\r\n\r\nkonnte nicht zugestellt werden: Das Postfach ist voll.\r\n\r\n552 5.2.2 Mailbox full`;
  return Buffer.from(
    [
      'Received: from mx2.kabelmail.example (mx2.kabelmail.example [203.0.113.77]) by mx.hansekontor.example with ESMTP; ' + date,
      'From: Mail Delivery System <MAILER-DAEMON@mx2.kabelmail.example>',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${date}`,
      `Message-ID: <${boundary}@mx2.kabelmail.example>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      text,
      `--${boundary}`,
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx2.kabelmail.example',
      `Arrival-Date: ${date}`,
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      'Action: failed',
      'Status: 5.2.2',
      'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full',
      '',
      `--${boundary}`,
      'Content-Type: text/rfc822-headers',
      '',
      `From: Kundenservice <${to}>`,
      `To: ${recipient}`,
      `Subject: ${subject}`,
      `Message-ID: <${messageId}>`,
      '',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
    'utf8',
  );
}
