import { Toast } from '@base-ui/react/toast';
import X from 'lucide-react/icons/x';
import { useEffect, useState } from 'react';
import { cx } from '../cx.ts';
import { IconButton } from '../icon-button.tsx';
import { type Notice, receiveNotices } from './notify.ts';

interface ToastFacts {
  other?: NonNullable<Notice['other']>;
  /** When the offer to undo ends, in milliseconds since the epoch; shown as a shrinking number. */
  until?: number;
  tone?: 'plain' | 'problem';
}

const manager = Toast.createToastManager<ToastFacts>();

function show({ id: named, title, text, tone = 'plain', action, other, milliseconds, countdown }: Notice): void {
  const timeout = milliseconds ?? (tone === 'problem' ? 0 : 5000);
  if (named) manager.close(named);
  const id = manager.add({
    ...(named ? { id: named } : {}),
    title,
    description: text,
    timeout,
    priority: tone === 'problem' ? 'high' : 'low',
    data: { tone, ...(other ? { other } : {}), ...(countdown ? { until: Date.now() + timeout } : {}) },
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              manager.close(id);
              action.run();
            },
          },
        }
      : {}),
  });
}

/** Where `notify` messages appear. Fetched beside the page, not before it. */
export default function ToastArea({ label, closeLabel }: { label: string; closeLabel: string }) {
  // After the provider is there, since the manager drops what nobody hears.
  useEffect(() => receiveNotices({ show, close: (id) => manager.close(id) }), []);
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          ref={reserve}
          aria-label={label}
          className="pointer-events-none fixed inset-x-3 top-0 z-60 flex flex-col gap-2 has-data-toast:py-2 sm:right-auto sm:left-17 sm:w-96 lg:top-auto lg:bottom-0 lg:w-66 xl:w-96"
        >
          <List closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** Tells the page how much room the notices take, so that it leaves it free and nothing needed lies under them: `--notices` in `styles.css`. */
function reserve(area: HTMLDivElement | null): (() => void) | undefined {
  if (!area) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() =>
    style.setProperty('--notices', area.querySelector('[data-toast]') ? `${area.offsetHeight}px` : '0px'),
  );
  observer.observe(area, { box: 'border-box' });
  return () => {
    observer.disconnect();
    style.removeProperty('--notices');
  };
}

function List({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager<ToastFacts>();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      data-toast
      className={cx(
        'floating fade pointer-events-auto flex items-center gap-3 px-4 py-2.5 data-limited:hidden',
        toast.data?.tone === 'problem' && 'border-l-4 border-l-danger',
      )}
    >
      <Toast.Content className={cx('flex min-w-0 flex-1 items-center gap-3', toast.data?.other && 'flex-wrap justify-end gap-y-1')}>
        <div className={cx('min-w-0 flex-1', toast.data?.other && 'basis-full')}>
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-xs text-muted" />
        </div>
        {toast.data?.until && <Countdown until={toast.data.until} />}
        {toast.actionProps && <Toast.Action className="rounded-md px-2 py-1 font-semibold text-accent-text hover:bg-hover" />}
        {/* Hidden from readers by the library while notices lie upon each other; here they stand in a list. */}
        {toast.data?.other ? (
          <Toast.Close
            aria-hidden={false}
            onClick={toast.data.other.run}
            className="rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-text"
          >
            {toast.data.other.label}
          </Toast.Close>
        ) : (
          <Toast.Close aria-hidden={false} render={<IconButton small label={closeLabel} icon={X} />} />
        )}
      </Toast.Content>
    </Toast.Root>
  ));
}

function Countdown({ until }: { until: number }) {
  const [left, setLeft] = useState(() => until - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <span aria-hidden="true" className="min-w-6 text-right text-xs text-muted tabular-nums">
      {Math.max(0, Math.ceil(left / 1000))} s
    </span>
  );
}
