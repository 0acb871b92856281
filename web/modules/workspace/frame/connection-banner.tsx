import { useEffect, useRef, useState } from 'react';
import { useReach } from '../../../platform/api/connection.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useLeavingCount } from '../../../platform/kept.ts';
import { useLiveness } from '../../../platform/realtime/stream.ts';
import { Banner } from '../../../ui/banner.tsx';
import { notify } from '../../../ui/overlay/notify.ts';

const says = { all: 'frame.stale', no_storage: 'frame.noStorage', nothing: 'frame.offline' } as const;

/** A break shorter than this heals unseen. */
const quietMs = 4000;

/** Says honestly how old the view is while nothing new can come in. */
export function ConnectionBanner() {
  const t = useText('workspace');
  const { span } = useFormats();
  const liveness = useLiveness();
  const reach = useReach();
  const waiting = useLeavingCount();
  // Somebody's text that cannot leave is felt before the silence of the stream is.
  const isBroken = !liveness.live || (waiting > 0 && reach !== 'all');
  const [now, setNow] = useState(() => Date.now());
  const [brokenSince, setBrokenSince] = useState<number | null>(null);
  useEffect(() => {
    if (!isBroken) return;
    const begun = Date.now();
    const timer = setInterval(() => {
      setNow(Date.now());
      setBrokenSince(begun);
    }, 1000);
    return () => {
      clearInterval(timer);
      setBrokenSince(null);
    };
  }, [isBroken]);
  const isShown = isBroken && brokenSince !== null && now - brokenSince >= quietMs;
  const wasShown = useRef(false);
  useEffect(() => {
    if (isShown) wasShown.current = true;
    else if (!isBroken && wasShown.current) {
      wasShown.current = false;
      notify({ title: t('frame.back') });
    }
  }, [isShown, isBroken, t]);
  if (!isShown) return null;
  const age = !liveness.live && liveness.since > 0 ? span(liveness.since, now) : '';
  return (
    <Banner tone="warn" className="rounded-none">
      <span role="status">{t(says[reach])}</span> {age && <span className="tabular-nums">{t('frame.age', { age })}</span>} {t('frame.kept')}{' '}
      {waiting > 0 && <strong className="font-semibold">{t('frame.waiting', { count: waiting })}</strong>}
    </Banner>
  );
}
