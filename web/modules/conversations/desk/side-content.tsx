import type { Conversation } from '../../../../contract/conversations.ts';
import { CasePanel } from '../../cases/index.ts';
import { CustomerPanel } from '../../customers/index.ts';
import { LastOrder } from '../../orders/index.ts';
import { SolutionLine } from '../../routing/index.ts';

/** Case above, customer below: promises are always in sight. */
export function SideContent({ conversation }: { conversation: Conversation }) {
  return (
    <>
      {conversation.caseId ? (
        <CasePanel caseId={conversation.caseId} conversationId={conversation.id} more={<SolutionLine caseId={conversation.caseId} />} />
      ) : (
        <LastOrder inPane customerId={conversation.customerId} />
      )}
      <CustomerPanel customerId={conversation.customerId} caseId={conversation.caseId} conversationId={conversation.id} />
    </>
  );
}
