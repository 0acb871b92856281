/** The mails of the house itself, in both languages; plain text, so that they are read everywhere. */
export type NoticeKind = 'invitation' | 'new_password' | 'password_changed';

interface Facts {
  name: string;
  company: string;
  link: string;
}

type Text = (facts: Facts) => { subject: string; text: string };

const texts: Record<NoticeKind, Record<'de' | 'en', Text>> = {
  invitation: {
    de: ({ name, company, link }) => ({
      subject: `Willkommen bei ${company}: Ihr Zugang zu Nahbar`,
      text: `Guten Tag ${name},\n\n${company} hat Sie zu Nahbar eingeladen. Wählen Sie hier Ihr Passwort; der Link gilt sieben Tage:\n\n${link}\n\nWenn Sie damit nichts anfangen können, löschen Sie diese Mail einfach.`,
    }),
    en: ({ name, company, link }) => ({
      subject: `Welcome to ${company}: your access to Nahbar`,
      text: `Hello ${name},\n\n${company} has invited you to Nahbar. Choose your password here; the link works for seven days:\n\n${link}\n\nIf you did not expect this, simply delete this mail.`,
    }),
  },
  new_password: {
    de: ({ name, link }) => ({
      subject: 'Neues Passwort für Nahbar',
      text: `Guten Tag ${name},\n\nhier wählen Sie ein neues Passwort; der Link gilt eine Stunde:\n\n${link}\n\nWenn Sie das nicht angefordert haben, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.`,
    }),
    en: ({ name, link }) => ({
      subject: 'A new password for Nahbar',
      text: `Hello ${name},\n\nchoose a new password here; the link works for one hour:\n\n${link}\n\nIf you did not ask for this, there is nothing to do: your password stays as it is.`,
    }),
  },
  password_changed: {
    de: ({ name }) => ({
      subject: 'Ihr Passwort für Nahbar wurde geändert',
      text: `Guten Tag ${name},\n\nIhr Passwort wurde eben geändert, und alle anderen Sitzungen wurden beendet.\n\nWenn Sie das nicht waren, melden Sie sich bitte sofort bei Ihrer Administration.`,
    }),
    en: ({ name }) => ({
      subject: 'Your password for Nahbar was changed',
      text: `Hello ${name},\n\nyour password was changed just now, and all other sessions have ended.\n\nIf this was not you, please tell your administrator at once.`,
    }),
  },
};

export const noticeText = (kind: NoticeKind, locale: 'de' | 'en', facts: Facts): { subject: string; text: string } =>
  texts[kind][locale](facts);
