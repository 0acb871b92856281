import { Progress as Base } from '@base-ui/react/progress';

/** `value` from 0 to 1; null while the end is unknown. */
export function Progress({ value, label }: { value: number | null; label: string }) {
  return (
    <Base.Root value={value === null ? null : Math.round(value * 100)} aria-label={label} className="w-full">
      <Base.Track className="h-1 overflow-hidden rounded-full bg-line">
        <Base.Indicator className="h-full bg-accent transition-[width]" />
      </Base.Track>
    </Base.Root>
  );
}
