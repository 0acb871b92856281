import TextCursorInput from 'lucide-react/icons/text-cursor-input';
import { gapsIn } from '../../../../../contract/writing/placeholders.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';

/** Placeholders that nothing was known for: named beside the field, until somebody has written what belongs there. */
export function GapNotice({ text, onShow }: { text: string; onShow: (from: number, to: number) => void }) {
  const t = useText('conversations');
  const gaps = gapsIn(text);
  const [first] = gaps;
  if (!first) return null;
  return (
    <p className="mx-3 mb-2 flex flex-wrap items-center gap-x-2 rounded-md bg-warn-soft px-2 py-1 text-xs text-warn-text">
      <TextCursorInput aria-hidden="true" className="size-4" />
      <span className="min-w-0 flex-1 basis-60 break-words">{t('snippet.gaps', { count: gaps.length, names: namesOf(gaps) })}</span>
      <button type="button" className="min-h-6 underline" onClick={() => onShow(first.from, first.from + first.written.length)}>
        {t('snippet.showGap')}
      </button>
    </p>
  );
}

export const namesOf = (gaps: readonly { written: string }[]): string => [...new Set(gaps.map(({ written }) => written))].join(', ');
