import ImageDown from 'lucide-react/icons/image-down';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { htmlAddress } from '../api.ts';

/**
 * The sender's own layout, in a frame that can run nothing; pictures from elsewhere only when asked for, because loading them tells the sender.
 * Same origin, so that the mail's own pictures load with the reader's session and the frame can be made as high as the mail; without
 * `allow-scripts` nothing inside can use that.
 */
export function HtmlFrame({ messageId }: { messageId: string }) {
  const t = useText('conversations');
  const [images, setImages] = useState(false);
  const [remote, setRemote] = useState(0);
  const [height, setHeight] = useState(120);
  const observer = useRef<ResizeObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);
  const fit = (event: SyntheticEvent<HTMLIFrameElement>): void => {
    const root = event.currentTarget.contentDocument?.documentElement;
    const body = event.currentTarget.contentDocument?.body;
    if (!root || !body) return;
    setRemote(Number(root.dataset['remoteImages'] ?? 0));
    sayWhatIsMissing(body, t('timeline.pictureMissing'));
    observer.current?.disconnect();
    // Pictures come late and the pane can be drawn wider: the frame follows, so that nobody scrolls within the scrolling.
    observer.current = new ResizeObserver(() => setHeight(Math.ceil(body.getBoundingClientRect().height) + sidewaysBar));
    observer.current.observe(body);
  };
  return (
    <div>
      {remote > 0 && !images && (
        <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-1.5 text-muted">
          <span>{t('timeline.imagesHeld', { count: remote })}</span>
          <Button small icon={ImageDown} onClick={() => setImages(true)}>
            {t('timeline.loadImages')}
          </Button>
        </p>
      )}
      <iframe
        title={t('timeline.htmlFrame')}
        loading="lazy"
        src={htmlAddress(messageId, images)}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        onLoad={fit}
        style={{ height }}
        className="max-h-[300rem] w-full rounded-md border border-line bg-white"
      />
    </div>
  );
}

/** Where a picture could not be had, words stand: what it would have shown, and that it is missing. What was mere decoration, or counts readers, is not missed. */
function sayWhatIsMissing(body: HTMLElement, words: string): void {
  for (const picture of body.querySelectorAll('img[src]')) {
    const { complete, naturalWidth } = picture as HTMLImageElement;
    if (!complete || naturalWidth > 0) continue;
    const alt = picture.getAttribute('alt');
    const isMissed = alt !== '' && picture.getAttribute('width') !== '1';
    picture.replaceWith(isMissed ? `[${[alt, words].filter(Boolean).join(' – ')}]` : '');
  }
}

/** Wide tables scroll sideways inside the frame; their bar must not cover the last line. */
const sidewaysBar = 18;
