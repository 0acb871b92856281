import { useState } from 'react';
import type { Conversation } from '../../../../../contract/conversations.ts';
import { fillGaps, gapsIn } from '../../../../../contract/writing/placeholders.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { useCase } from '../../../cases/index.ts';
import { useCustomer } from '../../../customers/index.ts';
import { findSnippets, type Found, type SnippetLanguage, useSnippets, valuesFor } from '../../../knowledge/index.ts';
import { useMe } from '../../../workspace/index.ts';
import { beginsSnippet } from './begins-snippet.ts';
import type { Offer } from './offers.ts';

/** More are found by typing on. */
const most = 20;

/** Whom something is written to, as far as it is known before a conversation is. */
type Addressed = Pick<Conversation, 'customerName' | 'caseId'> & { customerId: string | null };

/** Snippets after a `/`, their gaps filled in with what is known of this conversation. Nothing is fetched before somebody writes. */
export function useSnippetOffer({ customerId, customerName, caseId }: Addressed): Offer {
  const t = useText('conversations');
  const [wanted, setWanted] = useState(false);
  const me = useMe();
  const { snippets = [] } = useSnippets(wanted);
  const { customer } = useCustomer(customerId ?? '', wanted && customerId !== null);
  const { kase } = useCase(wanted ? caseId : null);
  const known = {
    customerName,
    salutation: customer?.salutation,
    caseNumber: kase?.number,
    caseSubject: kase?.subject,
    adviserName: me.person.name,
    companyName: me.company.name,
    origin: location.origin,
  };
  const textOf = ({ text, language }: Found): string => fillGaps(text, valuesFor(known, language));
  return {
    label: t('snippet.list'),
    begins: beginsSnippet,
    prepare: () => setWanted(true),
    find: (query) =>
      findSnippets(snippets, query, languageOf(customer?.locale ?? me.company.locale))
        .slice(0, most)
        .map((found) => {
          const text = textOf(found);
          const [gap] = gapsIn(text);
          return {
            id: `${found.snippet.id} ${found.language}`.replace(' ', '-'),
            text,
            select: gap && { from: gap.from, to: gap.from + gap.written.length },
            content: <Line found={found} text={text} />,
          };
        }),
  };
}

function Line({ found: { snippet, language }, text }: { found: Found; text: string }) {
  const t = useText('conversations');
  return (
    <span className="min-w-0 flex-1 py-1">
      <span className="flex items-baseline gap-2">
        <span className="truncate font-medium">{snippet.title}</span>
        <code className="shrink-0 font-mono text-xs text-muted">/{snippet.shortcut}</code>
        <span className="ml-auto shrink-0 text-xs text-muted">{t(`snippet.language.${language}`)}</span>
      </span>
      <span lang={language} dir="auto" className="block truncate text-xs text-muted">
        {text.replace(/\s+/g, ' ')}
      </span>
    </span>
  );
}

/** Whoever reads neither is more likely to make something of English. */
const languageOf = (locale: string): SnippetLanguage => (locale.toLowerCase().startsWith('de') ? 'de' : 'en');
