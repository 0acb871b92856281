import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow';
import { useText } from '../../../platform/i18n/i18n.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { type Sort, sorts } from './use-sort.ts';

export function SortMenu({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  const t = useText('conversations');
  const name = (one: Sort): string => t(`viewEditor.sorts.${one}`);
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t('list.sort', { sort: name(sort) })} icon={ArrowDownWideNarrow} />}
      entries={sorts.map((one) => ({ label: name(one), checked: one === sort, onSelect: () => onChange(one) }))}
    />
  );
}
