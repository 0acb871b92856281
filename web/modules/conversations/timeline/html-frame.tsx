import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { htmlAddress } from '../api.ts';

/** The sender's own layout, in a frame that can run nothing and reach nothing; pictures from elsewhere only when asked for, because loading them tells the sender. */
export function HtmlFrame({ messageId }: { messageId: string }) {
  const t = useText('conversations');
  const [images, setImages] = useState(false);
  return (
    <div>
      {!images && (
        <Button small className="mb-2" onClick={() => setImages(true)}>
          {t('timeline.loadImages')}
        </Button>
      )}
      <iframe
        title={t('timeline.htmlFrame')}
        src={htmlAddress(messageId, images)}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        className="h-96 w-full resize-y rounded-md border border-line bg-white"
      />
    </div>
  );
}
