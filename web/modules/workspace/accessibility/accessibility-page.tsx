import { useQuery } from '@tanstack/react-query';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { on } from '../api.ts';
import { OpenPage } from '../sign-in/open-page.tsx';
import tested from './generated/tested.json' with { type: 'json' };
import de from './statement.de.json' with { type: 'json' };
import en from './statement.en.json' with { type: 'json' };
import { type Section, statementOf } from './statement.ts';

/** The accessibility statement the law asks for, open to everybody; made from what the tests of this version found. */
export default function AccessibilityPage() {
  const t = useText('workspace');
  const { date } = useFormats();
  const { data } = useQuery({ queryKey: ['workspace', 'contact'], queryFn: () => call(on.getContact, {}) });
  const { title, intro, sections } = statementOf(tested, currentLanguage() === 'de' ? de : en, {
    company: data?.company || 'Nahbar',
    contact: data?.contact ?? '',
    dateOf: (day) => date(`${day}T12:00:00Z`),
  });
  return (
    <OpenPage size="large" title={title} intro={intro}>
      <div className="flex flex-col gap-5">
        {sections.map((section) => (
          <Part key={section.title} {...section} />
        ))}
        <p>
          <AppLink to="/" className="text-accent-text underline">
            {t('accessibility.back')}
          </AppLink>
        </p>
      </div>
    </OpenPage>
  );
}

function Part({ title, parts }: Section) {
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      {parts.map((part) =>
        'text' in part ? (
          <p key={part.text} className="mt-1.5 break-words">
            {part.text}
          </p>
        ) : (
          <ul key={part.list[0]} className="mt-1 list-disc pl-5 text-muted">
            {part.list.map((line) => (
              <li key={line} className="break-words">
                {line}
              </li>
            ))}
          </ul>
        ),
      )}
    </section>
  );
}
