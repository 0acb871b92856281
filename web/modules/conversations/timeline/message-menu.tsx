import Download from 'lucide-react/icons/download';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Forward from 'lucide-react/icons/forward';
import Quote from 'lucide-react/icons/quote';
import Reply from 'lucide-react/icons/reply';
import Split from 'lucide-react/icons/split';
import type { Message } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../../ui/overlay/menu.tsx';
import { authorOf } from '../../customers/index.ts';
import { rawAddress } from '../api.ts';
import { useDesk } from '../desk/desk-context.ts';

export function MessageMenu({ message }: { message: Message }) {
  const t = useText('conversations');
  const desk = useDesk();
  const entries: MenuEntry[] = [];
  if (message.facts.includes('stranger') && message.from)
    entries.push({ label: t('newcomer.answer'), icon: Reply, onSelect: () => desk.answer(message) });
  if (message.kind === 'message') entries.push({ label: t('timeline.quoteIt'), icon: Quote, onSelect: () => desk.quote(message) });
  if (message.kind === 'message') entries.push({ label: t('timeline.forwardIt'), icon: Forward, onSelect: () => desk.forward(message) });
  if (message.kind === 'message' && message.seq > 1)
    entries.push({ label: t('timeline.splitHere'), icon: Split, onSelect: () => desk.split(message) });
  if (message.hasRaw)
    entries.push({ label: t('timeline.raw'), icon: Download, onSelect: () => window.open(rawAddress(message.id), '_blank', 'noopener') });
  if (entries.length === 0) return null;
  return (
    <Menu
      align="end"
      trigger={<IconButton small label={t('timeline.more', { name: authorOf(message) })} icon={Ellipsis} />}
      entries={entries}
    />
  );
}
