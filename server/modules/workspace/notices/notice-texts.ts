/** The mails of the house itself to its own people, in both languages; plain text, so that they are read everywhere. */
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
      subject: `Willkommen bei ${company}: dein Zugang zu Nahbar`,
      text: `Hallo ${name},\n\n${company} hat dich zu Nahbar eingeladen. Wähle hier dein Passwort; der Link gilt sieben Tage:\n\n${link}\n\nWenn du damit nichts anfangen kannst, lösch diese Mail einfach.`,
    }),
    en: ({ name, company, link }) => ({
      subject: `Welcome to ${company}: your access to Nahbar`,
      text: `Hello ${name},\n\n${company} has invited you to Nahbar. Choose your password here; the link works for seven days:\n\n${link}\n\nIf you did not expect this, simply delete this mail.`,
    }),
  },
  new_password: {
    de: ({ name, link }) => ({
      subject: 'Neues Passwort für Nahbar',
      text: `Hallo ${name},\n\nhier wählst du ein neues Passwort; der Link gilt eine Stunde:\n\n${link}\n\nWenn du das nicht angefordert hast, musst du nichts tun: Dein Passwort bleibt, wie es ist.`,
    }),
    en: ({ name, link }) => ({
      subject: 'A new password for Nahbar',
      text: `Hello ${name},\n\nchoose a new password here; the link works for one hour:\n\n${link}\n\nIf you did not ask for this, there is nothing to do: your password stays as it is.`,
    }),
  },
  password_changed: {
    de: ({ name }) => ({
      subject: 'Dein Passwort für Nahbar wurde geändert',
      text: `Hallo ${name},\n\ndein Passwort wurde eben geändert, und alle anderen Sitzungen wurden beendet.\n\nWenn du das nicht warst, melde dich bitte sofort bei der Verwaltung.`,
    }),
    en: ({ name }) => ({
      subject: 'Your password for Nahbar was changed',
      text: `Hello ${name},\n\nyour password was changed just now, and all other sessions have ended.\n\nIf this was not you, please tell your administrator at once.`,
    }),
  },
};

export const noticeText = (kind: NoticeKind, locale: 'de' | 'en', facts: Facts): { subject: string; text: string } =>
  texts[kind][locale](facts);
