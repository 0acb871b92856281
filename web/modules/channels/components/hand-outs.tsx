import Copy from 'lucide-react/icons/copy';
import ExternalLink from 'lucide-react/icons/external-link';
import type { OutputOf } from '../../../../contract/core.ts';
import type { channelsEndpoints as on } from '../../../../contract/channels.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { useChannelText } from './channel-text.ts';

interface Props {
  channel: string;
  handOuts: OutputOf<typeof on.account>['handOuts'];
}

/** What an administrator puts into a page or app of the company: to be copied, or opened to try it. */
export function HandOuts({ channel, handOuts }: Props) {
  const t = useText('channels');
  const words = useChannelText(channel);
  if (handOuts.length === 0) return null;
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notify({ title: t('form.copied') });
  };
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3">
      {handOuts.map(({ name, text, path }) => {
        const label = words(`handOut.${name}`, name);
        if (path)
          return (
            <a key={name} href={path} target="_blank" rel="noopener noreferrer" className={buttonClass('secondary')}>
              <ExternalLink aria-hidden="true" className="size-4" />
              {label}
            </a>
          );
        return (
          <div key={name}>
            <p id={`hand-out-${name}`} className="font-medium">
              {label}
            </p>
            <div className="mt-1 flex flex-wrap items-start gap-2">
              <code
                aria-labelledby={`hand-out-${name}`}
                className="min-w-0 flex-1 basis-60 rounded-md border border-line bg-surface px-2 py-1.5 font-mono text-xs break-all"
              >
                {text}
              </code>
              <Button small icon={Copy} aria-label={t('form.copyOf', { what: label })} onClick={() => void copy(text ?? '')}>
                {t('form.copy')}
              </Button>
            </div>
          </div>
        );
      })}
    </div>
  );
}
