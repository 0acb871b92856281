import { useEffect, useRef } from 'react';
import { textOf, useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { putAway } from '../frame/choices.ts';
import { goOn, leaveTour, offerHeight, type Stop, startTour, stops, useTourOffer, useTour } from './tour.ts';

/** The tour stands above the page and covers nothing of it: everything works while one goes through it. Offered once; then it is in the help. */
export default function TourBar() {
  const at = useTour();
  const isOffered = useTourOffer();
  const stop = at === null ? undefined : stops()[at];
  if (at !== null && stop) return <Step key={at} at={at} stop={stop} count={stops().length} />;
  return isOffered ? <Offer /> : null;
}

const bar = `flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-accent-soft px-4 py-1.5 ${offerHeight}`;

function Offer() {
  const t = useText('workspace');
  return (
    <section aria-label={t('tour.label')} className={bar}>
      <p className="min-w-0 flex-1 basis-60">{t('tour.offer')}</p>
      <div className="flex flex-wrap gap-2">
        <Button small look="ghost" onClick={() => putAway('tour')}>
          {t('tour.no')}
        </Button>
        <Button small onClick={startTour}>
          {t('tour.start')}
        </Button>
      </div>
    </section>
  );
}

function Step({ at, stop, count }: { at: number; stop: Stop; count: number }) {
  const t = useText('workspace');
  const own = textOf(stop.room);
  const go = useGo();
  const next = useRef<HTMLButtonElement>(null);
  const isLast = at === count - 1;
  useShortcuts([{ keys: 'escape', label: t('tour.leave'), group: t('tour.label'), run: leaveTour }]);
  const { path, mark } = stop;
  useEffect(() => {
    if (path) go(path);
    next.current?.focus();
  }, [path, go]);
  useEffect(() => pointOut(mark), [mark]);
  return (
    <section aria-label={t('tour.label')} className={bar}>
      <div id="tour-stop" className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">
          {own(`tour.${stop.id}.title`)}{' '}
          <span className="text-xs font-normal text-muted tabular-nums">{t('tour.place', { at: at + 1, count })}</span>
        </h2>
        <p>{own(`tour.${stop.id}.text`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button small look="ghost" onClick={leaveTour}>
          {t('tour.leave')}
        </Button>
        {at > 0 && (
          <Button small onClick={() => goOn(-1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button small ref={next} look="primary" aria-describedby="tour-stop" onClick={isLast ? leaveTour : () => goOn(1)}>
          {t(isLast ? 'tour.end' : 'tour.next')}
        </Button>
      </div>
    </section>
  );
}

/** Marks what is spoken of for as long as it is, once it is there: a page may still be on its way. */
function pointOut(selector: string): () => void {
  let marked: HTMLElement | null = null;
  const look = (): void => {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.checkVisibility()) ?? null;
    if (found === marked) return;
    marked?.removeAttribute('data-marked');
    found?.setAttribute('data-marked', 'tour');
    marked = found;
  };
  look();
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    marked?.removeAttribute('data-marked');
  };
}
