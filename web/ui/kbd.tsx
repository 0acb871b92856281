/** Keys in the notation of the shortcut registry: `mod+k`, `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys
        .split(/[ ]/)
        .flatMap((chord) => chord.split('+'))
        .map((key, place) => (
          <kbd
            key={`${key}${place}`}
            className="inline-flex min-w-5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs leading-4 text-muted"
          >
            {keyName(key)}
          </kbd>
        ))}
    </span>
  );
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};
const keyName = (key: string): string => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
