import Bold from 'lucide-react/icons/bold';
import Italic from 'lucide-react/icons/italic';
import Link from 'lucide-react/icons/link';
import List from 'lucide-react/icons/list';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Quote from 'lucide-react/icons/quote';
import RemoveFormatting from 'lucide-react/icons/remove-formatting';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../../platform/keys/keys.ts';
import { IconButton } from '../../../../ui/icon-button.tsx';
import type { AnswerHandle } from './answer-field.tsx';
import type { Format } from './formats.ts';
import { LinkForm } from './link-form.tsx';

const tools = [
  { format: 'bold', icon: Bold, keys: 'mod+b' },
  { format: 'italic', icon: Italic, keys: 'mod+i' },
  { format: 'bulletList', icon: List, keys: 'mod+shift+8' },
  { format: 'orderedList', icon: ListOrdered, keys: 'mod+shift+7' },
  { format: 'blockquote', icon: Quote, keys: 'mod+shift+b' },
] as const;
/** Elsewhere it is Ctrl K, which here is the palette's. */
const linkKeys = 'mod+shift+k';

interface Props {
  answer: RefObject<AnswerHandle | null>;
  /** What holds where the cursor stands. */
  formats: readonly Format[];
  isRich: boolean;
  disabled: boolean;
  onPlain: () => void;
}

/** One tab stop; arrows go from tool to tool, Alt F10 leads here from the text and Escape back. */
export function FormatBar({ answer, formats, isRich, disabled, onPlain }: Props) {
  const t = useText('conversations');
  const bar = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [link, setLink] = useState<string | null>(null);
  const buttons = (): HTMLButtonElement[] => [...(bar.current?.querySelectorAll('button') ?? [])];
  const go = (place: number): void => {
    const all = buttons();
    const next = (place + all.length) % all.length;
    setAt(next);
    all[next]?.focus();
  };
  const askLink = (): void => setLink(answer.current?.linkHere() ?? '');
  useShortcuts([
    { keys: 'alt+f10', label: t('format.label'), group: t('keys.group'), inFields: true, run: () => go(at) },
    ...(disabled ? [] : [{ keys: linkKeys, label: t('format.setLink'), group: t('keys.group'), inFields: true, run: askLink }]),
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') go(at + 1);
    else if (event.key === 'ArrowLeft') go(at - 1);
    else if (event.key === 'Escape') answer.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = (place: number) => ({
    tabIndex: place === Math.min(at, tools.length + (isRich ? 1 : 0)) ? 0 : -1,
    onFocus: () => setAt(place),
  });
  return (
    <>
      {link !== null && (
        <LinkForm
          href={link}
          onDone={(href) => {
            setLink(null);
            answer.current?.setLink(href);
          }}
          onCancel={() => {
            setLink(null);
            answer.current?.focus();
          }}
        />
      )}
      <div ref={bar} role="toolbar" aria-label={t('format.label')} className="flex items-center" onKeyDown={onKeyDown}>
        {tools.map(({ format, icon, keys }, place) => (
          <IconButton
            key={format}
            {...stop(place)}
            label={t(`format.${format}`)}
            icon={icon}
            keys={keys}
            pressed={formats.includes(format)}
            disabled={disabled}
            // The text keeps its selection.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => answer.current?.format(format)}
          />
        ))}
        <IconButton
          {...stop(tools.length)}
          label={t('format.link')}
          icon={Link}
          keys={linkKeys}
          pressed={formats.includes('link')}
          disabled={disabled}
          onMouseDown={(event) => event.preventDefault()}
          onClick={askLink}
        />
        {isRich && (
          <IconButton
            {...stop(tools.length + 1)}
            label={t('format.remove')}
            icon={RemoveFormatting}
            disabled={disabled}
            onClick={onPlain}
          />
        )}
      </div>
    </>
  );
}
