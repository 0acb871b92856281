import type { Informed } from '../../../../contract/cases.ts';
import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { useCase } from '../use-case.ts';

export interface InformedChoice {
  value: string;
  label: string;
  informed: Informed;
}

/** The ways the customer can have been told: our last messages of this case first, then by voice or letter. */
export function useInformedChoices(caseId: string): InformedChoice[] {
  const t = useText('cases');
  const { brief } = useFormats();
  const conversationIds = useCase(caseId).kase?.conversationIds ?? [];
  const sent = useRecords<Message, Message[]>('message', (all) =>
    all
      .filter(
        (message) =>
          message.kind === 'message' &&
          message.direction === 'out' &&
          conversationIds.includes(message.conversationId) &&
          message.delivery?.state !== 'cancelled' &&
          message.delivery?.state !== 'failed',
      )
      .toSorted((a, b) => b.at.localeCompare(a.at))
      .slice(0, 5),
  );
  return [
    ...sent.map((message) => ({
      value: message.id,
      label: t('informed.message', { at: brief(message.at), text: message.text.replace(/\s+/g, ' ').slice(0, 50) }),
      informed: { messageId: message.id },
    })),
    ...(['phone', 'in_person', 'letter', 'chat'] as const).map((how) => ({ value: how, label: t(`informed.${how}`), informed: { how } })),
  ];
}
