import Hand from 'lucide-react/icons/hand';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Tip } from '../../../ui/overlay/tooltip.tsx';
import type { TakeNext } from './use-take-next.ts';

/** Small where the place is narrow: one word, and a tip that says the rest. */
export function NextButton({ next, small = false }: { next: TakeNext; small?: boolean }) {
  const t = useText('conversations');
  return (
    <Tip text={t('claim.takeNext')} keys="g n">
      <Button
        data-tour="next"
        look="primary"
        small={small}
        icon={Hand}
        busy={next.isBusy}
        aria-label={t('claim.takeNext')}
        onClick={next.run}
      >
        {t(small ? 'claim.next' : 'claim.takeNext')}
      </Button>
    </Tip>
  );
}
