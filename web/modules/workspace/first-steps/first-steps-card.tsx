import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Card } from '../components/card.tsx';
import { putAway } from '../frame/choices.ts';
import { useMe, useRight } from '../session.ts';
import { useFirstSteps } from './use-first-steps.ts';

/** On top of the administration as long as something is to do and nobody put it away. */
export function FirstStepsCard() {
  const t = useText('workspace');
  const isAway = useMe().preferences.putAway.includes('first_steps');
  const isWanted = useRight('manage_channels') && !isAway;
  const { data: steps } = useFirstSteps(isWanted);
  const done = steps?.filter((step) => step.done).length ?? 0;
  if (!isWanted || !steps || done === steps.length) return null;
  return (
    <Card
      title={t('firstSteps.title')}
      hint={t('firstSteps.count', { done, count: steps.length })}
      actions={
        <div className="flex flex-wrap gap-2">
          <Button look="ghost" onClick={() => putAway('first_steps')}>
            {t('firstSteps.putAway')}
          </Button>
          <AppLink to="/administration/first-steps" className={buttonClass('primary')}>
            {t('firstSteps.goOn')}
          </AppLink>
        </div>
      }
    />
  );
}
