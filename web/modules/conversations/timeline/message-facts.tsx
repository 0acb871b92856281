import CalendarDays from 'lucide-react/icons/calendar-days';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import FileX from 'lucide-react/icons/file-x';
import Files from 'lucide-react/icons/files';
import Forward from 'lucide-react/icons/forward';
import LinkIcon from 'lucide-react/icons/link';
import LockKeyhole from 'lucide-react/icons/lock-keyhole';
import PanelTop from 'lucide-react/icons/panel-top';
import Signature from 'lucide-react/icons/signature';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import UserRoundCheck from 'lucide-react/icons/user-round-check';
import UserRoundSearch from 'lucide-react/icons/user-round-search';
import UserRoundX from 'lucide-react/icons/user-round-x';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import type { Icon } from '../../../ui/icon.ts';

const looks: Record<string, { tone: Tone; icon: Icon }> = {
  signed_in: { tone: 'info', icon: UserRoundCheck },
  address_claimed: { tone: 'warn', icon: CircleHelp },
  copy: { tone: 'neutral', icon: Files },
  signed: { tone: 'neutral', icon: Signature },
  encrypted: { tone: 'info', icon: LockKeyhole },
  calendar: { tone: 'info', icon: CalendarDays },
  forward: { tone: 'neutral', icon: Forward },
  auth_failed: { tone: 'danger', icon: UserRoundX },
  stranger: { tone: 'warn', icon: UserRoundSearch },
  page: { tone: 'neutral', icon: PanelTop },
  page_unconfirmed: { tone: 'warn', icon: LinkIcon },
  defects: { tone: 'warn', icon: TriangleAlert },
  not_read: { tone: 'danger', icon: FileX },
  id_reused: { tone: 'warn', icon: TriangleAlert },
};

/** What the channel found out about a message, as words; codes nobody wrote words for stay out of sight. */
export function MessageFacts({ facts }: { facts: readonly string[] }) {
  const t = useText('conversations');
  const known = facts.filter((fact) => fact in looks);
  if (known.length === 0) return null;
  const warning = known.filter((fact) => looks[fact]?.tone === 'warn' || looks[fact]?.tone === 'danger' || fact === 'encrypted');
  return (
    <div className="px-3 pt-1">
      <ul aria-label={t('facts.label')} className="flex flex-wrap gap-1">
        {known.map((fact) => (
          <li key={fact}>
            <Badge {...looks[fact]} title={t(`facts.hint.${fact}`)}>
              {t(`facts.${fact}`)}
            </Badge>
          </li>
        ))}
      </ul>
      {warning.map((fact) => (
        <p key={fact} className="mt-1 text-xs text-muted">
          {t(`facts.hint.${fact}`)}
        </p>
      ))}
    </div>
  );
}
