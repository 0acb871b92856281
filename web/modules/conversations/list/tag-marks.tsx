import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';

/** The first tags, and how many more there are: the words beside them keep their place however many somebody sets. */
export function TagMarks({ tags, most }: { tags: readonly string[]; most: number }) {
  const t = useText('conversations');
  const rest = tags.slice(most);
  return (
    <>
      {tags.slice(0, most).map((tag) => (
        <span key={tag} dir="auto" className="flex max-w-24 min-w-7 shrink">
          <Badge title={tag}>{tag}</Badge>
        </span>
      ))}
      {rest.length > 0 && (
        <span className="flex shrink-0">
          <Badge title={rest.join(', ')}>
            <span aria-hidden="true">+{rest.length}</span>
            <span className="sr-only">{t('row.moreTags', { tags: rest.join(', ') })}</span>
          </Badge>
        </span>
      )}
    </>
  );
}
