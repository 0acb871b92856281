import { useEffect, useEffectEvent, useRef } from 'react';
import { useQueryParam } from '../../../platform/router/link.tsx';
import { showMessage } from './show-message.ts';

/** So many pages back a message is looked for; whoever wants one from further back reads there. */
const mostPages = 20;

/** The message the address names is brought into sight once it is there, however far back it lies. */
export function useWantedMessage(there: ReadonlySet<string>, older: (() => Promise<void>) | undefined): void {
  const wanted = useQueryParam('message');
  const shown = useRef<string>(undefined);
  const asked = useRef({ for: wanted, pages: 0 });
  const isThere = wanted !== undefined && there.has(wanted);
  const askForOlder = useEffectEvent(() => {
    if (asked.current.for !== wanted) asked.current = { for: wanted, pages: 0 };
    asked.current.pages += 1;
    if (older && asked.current.pages <= mostPages) void older();
  });
  useEffect(() => {
    if (!wanted || shown.current === wanted) return undefined;
    if (!isThere) {
      askForOlder();
      return undefined;
    }
    // When the timeline has gone to its end, as it does first.
    const timer = setTimeout(() => {
      shown.current = wanted;
      showMessage(wanted);
    }, 100);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each page that comes asks for the next
  }, [wanted, isThere, there.size]);
}
