import { useText } from '../../../platform/i18n/i18n.ts';
import { cx } from '../../../ui/cx.ts';
import { useChannelText } from './channel-text.ts';

/** A problem in words by its code: the channel's sentence, else the one this room has for every channel. */
export function useProblemText(channel: string): (code: string) => string {
  const t = useText('channels');
  const text = useChannelText(channel);
  return (code) => text(`problem.${code}`, t(`problem.${code}`, { defaultValue: t('problem.unknown') }));
}

/** What happened, what was kept and what to do; behind it what the service itself said, for whoever has to mend it. */
export function ChannelProblem({
  channel,
  problem,
  className,
}: {
  channel: string;
  problem: { code: string; text?: string | null };
  className?: string;
}) {
  const t = useText('channels');
  const textOf = useProblemText(channel);
  const said = problem.text?.trim();
  return (
    <div className={cx('min-w-0', className)}>
      <p>{textOf(problem.code)}</p>
      {said && (
        <details className="mt-1 text-xs">
          <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-sm px-1 underline decoration-dotted underline-offset-2">
            {t('problemDetail')}
          </summary>
          <p lang="" className="px-1 pt-0.5 font-mono break-words whitespace-pre-wrap">
            {said}
          </p>
        </details>
      )}
    </div>
  );
}
