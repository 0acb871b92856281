import ChevronLeft from 'lucide-react/icons/chevron-left';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { useLocation } from '@tanstack/react-router';
import { menuItems } from '../frame/modules.ts';

/** On every page of the administration: where it belongs, and the way there. */
export function WayBack() {
  const t = useText('workspace');
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isWithin = path.startsWith('/administration/') || menuItems().some((item) => item.place === 'admin' && item.path === path);
  if (!isWithin) return null;
  return (
    <AppLink to="/administration" className="-ml-1 mb-1 inline-flex min-h-6 items-center gap-0.5 text-xs text-muted hover:text-text">
      <ChevronLeft aria-hidden="true" className="size-3.5" />
      {t('admin.title')}
    </AppLink>
  );
}
