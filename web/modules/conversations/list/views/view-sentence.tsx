import type { ViewFilter } from '../../../../../contract/conversations.ts';
import { useFilterSentence } from './use-filter-sentence.ts';

/** What a saved view shows, below its name. */
export function ViewSentence({ filter }: { filter: ViewFilter }) {
  const sentence = useFilterSentence()(filter);
  return (
    <p className="w-full truncate text-xs text-muted" title={sentence}>
      {sentence}
    </p>
  );
}
