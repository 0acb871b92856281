import Compass from 'lucide-react/icons/compass';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

export function PageMissing() {
  const t = useText('platform');
  return (
    <EmptyState
      heading="h1"
      icon={Compass}
      title={t('pageNotFound')}
      action={
        <AppLink to="/" className={buttonClass('primary')}>
          {t('toStart')}
        </AppLink>
      }
    >
      {t('pageNotFoundHelp')}
    </EmptyState>
  );
}

export function PageFailed({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useText('platform');
  const { title, help } = problemText(error);
  return (
    <EmptyState
      heading="h1"
      icon={TriangleAlert}
      title={title}
      action={
        <Button look="primary" onClick={reset}>
          {t('retry')}
        </Button>
      }
    >
      {help} {t('pageFailedHelp')}
    </EmptyState>
  );
}
