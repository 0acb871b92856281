import ChevronRight from 'lucide-react/icons/chevron-right';
import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import { textOf, useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Page } from '../components/page.tsx';
import { putAway } from '../frame/choices.ts';
import { useMe } from '../session.ts';
import { type StandingStep, useFirstSteps } from './use-first-steps.ts';

/** What a new company sets up. Every line knows by itself whether it is done; nobody ticks anything off. */
export default function FirstStepsPage() {
  const t = useText('workspace');
  const query = useFirstSteps();
  const isAway = useMe().preferences.putAway.includes('first_steps');
  return (
    <Page
      title={t('firstSteps.title')}
      intro={t('firstSteps.intro')}
      actions={!isAway && <Button onClick={() => putAway('first_steps')}>{t('firstSteps.putAway')}</Button>}
    >
      {isAway && <p className="text-muted">{t('firstSteps.away')}</p>}
      <Loaded query={query} lines={8}>
        {(steps) => (
          <>
            <p role="status" className="font-medium">
              {t('firstSteps.count', { done: steps.filter(({ done }) => done).length, count: steps.length })}
            </p>
            <ol className="overflow-hidden rounded-lg border border-line bg-surface">
              {steps.map((step) => (
                <Step key={step.id} step={step} />
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Step({ step: { id, room, path, done } }: { step: StandingStep }) {
  const t = useText('workspace');
  const own = textOf(room);
  const Sign = done ? CircleCheck : Circle;
  return (
    <li className="border-b border-line last:border-0">
      <AppLink to={path} className="flex min-h-11 items-start gap-3 px-4 py-3 hover:bg-hover">
        <Sign aria-hidden="true" className={cx('mt-0.5 size-4', done ? 'text-success-text' : 'text-faint')} />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{own(`firstSteps.${id}.title`)}</span>
            <span className={cx('text-xs', done ? 'text-success-text' : 'text-muted')}>
              {t(done === null ? 'firstSteps.unknown' : done ? 'firstSteps.done' : 'firstSteps.open')}
            </span>
          </span>
          <span className="block max-w-prose text-muted">{own(`firstSteps.${id}.why`)}</span>
        </span>
        <ChevronRight aria-hidden="true" className="mt-0.5 size-4 text-muted" />
      </AppLink>
    </li>
  );
}
