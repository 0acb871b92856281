import { cx } from '../cx.ts';
import { hueOf, initialsOf } from './initials.ts';

/** A round picture from a name: initials on a colour that stays the same for the same seed. */
export function Avatar({
  name,
  seed,
  small,
  ring,
  decorative,
}: {
  name: string;
  seed?: string;
  small?: boolean;
  ring?: boolean;
  decorative?: boolean;
}) {
  return (
    <span
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name })}
      style={{ '--hue': hueOf(seed ?? name) } as React.CSSProperties}
      className={cx(
        'avatar inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none',
        small ? 'size-5 text-3xs' : 'size-8 text-xs',
        ring && 'ring-2 ring-accent',
      )}
      data-initials={initialsOf(name)}
    />
  );
}
