import type { Conversation } from '../../../../contract/conversations.ts';
import { fillGaps } from '../../../../contract/writing/placeholders.ts';
import { useCase } from '../../cases/index.ts';
import { useCustomer } from '../../customers/index.ts';
import { valuesFor } from '../../knowledge/index.ts';
import { useMe } from '../../workspace/index.ts';

/** A text that is written in both languages, in the customer's where there is one, its gaps filled in with what is known. */
export function useTextFor({ customerId, customerName, caseId }: Conversation): (written: { text: { de: string; en: string } }) => string {
  const me = useMe();
  const { customer } = useCustomer(customerId, true);
  const { kase } = useCase(caseId);
  const wanted = (customer?.locale ?? me.company.locale).toLowerCase().startsWith('de') ? 'de' : 'en';
  const known = {
    customerName,
    salutation: customer?.salutation,
    caseNumber: kase?.number,
    caseSubject: kase?.subject,
    adviserName: me.person.name,
    companyName: me.company.name,
    origin: location.origin,
  };
  return ({ text }) => {
    const language = text[wanted] ? wanted : text.de ? 'de' : 'en';
    return fillGaps(text[language], valuesFor(known, language));
  };
}
