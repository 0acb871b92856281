import { isProblem } from '../../../platform/api/problem.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { usePerson } from '../../workspace/index.ts';

interface Props {
  error: unknown;
  onTake: () => void;
  onSendAnyway: () => void;
  onDismiss: () => void;
}

/** Why a send was refused, what was kept and what can be done; the text stays in the field. */
export function Refusal({ error, onTake, onSendAnyway, onDismiss }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const data = isProblem(error) ? error.data : {};
  const holder = usePerson(typeof data.holderId === 'string' ? data.holderId : typeof data.personId === 'string' ? data.personId : null);
  const { title, help } = problemText(error);
  const lost = isProblem(error, 'conversations.claim_lost', 'conversations.already_claimed', 'conversations.customer_already_served');
  const stale = isProblem(error, 'conversations.stale_view');
  return (
    <Banner
      live
      tone={lost || stale ? 'warn' : 'problem'}
      className="mx-3 mt-2"
      action={
        <span className="flex gap-2">
          {lost && !holder && (
            <Button small onClick={onTake}>
              {t('claim.take')}
            </Button>
          )}
          {stale && (
            <Button small onClick={onSendAnyway}>
              {t('composer.readAndSend')}
            </Button>
          )}
          <Button small look="ghost" onClick={onDismiss}>
            {general('close')}
          </Button>
        </span>
      }
    >
      <strong>{lost && holder ? t('composer.heldBy', { name: holder.name }) : title}</strong> {help}
    </Banner>
  );
}
