import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import { useText } from '../../../platform/i18n/i18n.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Line, Lines } from './use-lines.ts';

/** Moves, changes and removes a line of an ordered list. */
export function LineActions<T extends { name: string }>({
  line,
  lines,
  canBeEmpty = false,
  onChange,
}: {
  line: Line<T>;
  lines: Lines<T>;
  canBeEmpty?: boolean;
  onChange: () => void;
}) {
  const t = useText('routing');
  const { name } = line.item;
  const { shown, move, remove } = lines;
  const at = shown.findIndex(({ key }) => key === line.key);
  return (
    <span className="flex justify-end gap-1">
      <IconButton small icon={ArrowUp} label={t('lines.up', { name })} disabled={at === 0} onClick={() => move(line, -1)} />
      <IconButton
        small
        icon={ArrowDown}
        label={t('lines.down', { name })}
        disabled={at === shown.length - 1}
        onClick={() => move(line, 1)}
      />
      <IconButton small icon={Pencil} label={t('lines.change', { name })} onClick={onChange} />
      <IconButton
        small
        icon={Trash}
        label={t('lines.remove', { name })}
        disabled={!canBeEmpty && shown.length === 1}
        onClick={() => remove(line)}
      />
    </span>
  );
}
