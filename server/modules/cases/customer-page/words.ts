/** What stands in letters about the page, in the language the customer reads. */
export type Language = 'de' | 'en';

export const linkWords: Record<Language, string> = {
  de: 'Stand Ihres Anliegens ansehen oder etwas ergänzen:',
  en: 'See where your request stands, or add something:',
};

interface CodeLetter {
  language: Language;
  company: string;
  digits: string;
  minutes: number;
}

/** The letter with a code. Not in the subject, which shows on a locked screen. */
export function codeLetter({ language, company, digits, minutes }: CodeLetter): { subject: string; text: string } {
  const code = `${digits.slice(0, 4)} ${digits.slice(4)}`;
  if (language === 'de')
    return {
      subject: 'Ihr Code für die Seite zu Ihrem Anliegen',
      text: [
        'Guten Tag,',
        `hier ist Ihr Code für die Seite zu Ihrem Anliegen:\n\n${code}`,
        `Er gilt ${minutes} Minuten und einmal. Bitte geben Sie ihn niemandem weiter; wir fragen nie danach.`,
        'Sie haben keinen Code angefordert? Dann brauchen Sie nichts zu tun: Ohne ihn sieht niemand, was wir einander geschrieben haben.',
        ...(company ? [company] : []),
      ].join('\n\n'),
    };
  return {
    subject: 'Your code for the page about your request',
    text: [
      'Hello,',
      `here is your code for the page about your request:\n\n${code}`,
      `It is valid for ${minutes} minutes and once. Please give it to nobody; we never ask for it.`,
      'You did not ask for a code? Then there is nothing for you to do: without it nobody sees what we wrote to each other.',
      ...(company ? [company] : []),
    ].join('\n\n'),
  };
}
