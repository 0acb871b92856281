/** Grey bars in the place of text that is on its way. `label` is read aloud once. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} aria-hidden="true" className="h-3 rounded-sm bg-sunken" style={{ width: `${[92, 68, 80, 54][i % 4]}%` }} />
      ))}
    </div>
  );
}
