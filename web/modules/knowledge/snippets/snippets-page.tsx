import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import TextQuote from 'lucide-react/icons/text-quote';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import type { Snippet } from '../../../../contract/knowledge.ts';
import { currentLanguage, textOf, useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { refused } from '../../../platform/refused.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Page, useRight, useTeams } from '../../workspace/index.ts';
import { dropSnippet, saveSnippet } from '../api.ts';
import { findSnippets } from './find.ts';
import { Gaps } from './gaps.tsx';
import { SnippetDialog } from './snippet-dialog.tsx';
import { useOwners } from './use-owners.ts';
import { useSnippets } from './use-snippets.ts';

/** The texts that answers are put together from, for those who write them. */
export default function SnippetsPage() {
  const t = useText('knowledge');
  const general = useText('platform');
  const { snippets, error, retry } = useSnippets();
  const mayWrite = useRight('edit_snippets');
  const owners = useOwners();
  const [query, setQuery] = useState('');
  const [edited, setEdited] = useState<Snippet | 'new' | null>(null);
  const found = snippets && (query.trim() ? unique(findSnippets(snippets, query, currentLanguage())) : snippets);
  return (
    <Page
      title={t('snippets.title')}
      intro={t('snippets.intro')}
      actions={
        mayWrite && (
          <Button look="primary" icon={Plus} onClick={() => setEdited('new')}>
            {t('snippets.add')}
          </Button>
        )
      }
    >
      {!found && error ? (
        <EmptyState title={problemText(error).title} action={<Button onClick={retry}>{general('retry')}</Button>}>
          {problemText(error).help}
        </EmptyState>
      ) : !found || !snippets ? (
        <Skeleton label={general('loading')} lines={8} />
      ) : snippets.length === 0 ? (
        <EmptyState icon={TextQuote} title={t('snippets.empty')}>
          {t('snippets.emptyHint')}
        </EmptyState>
      ) : (
        <>
          <Input
            type="search"
            aria-label={t('snippets.search')}
            placeholder={t('snippets.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <p role="status" className="sr-only">
            {query.trim() ? t('snippets.found', { count: found.length }) : ''}
          </p>
          {found.length === 0 && <EmptyState title={t('snippets.nothingFound')}>{t('snippets.nothingFoundHint')}</EmptyState>}
          {found.length > 0 && (
            <ul aria-label={t('snippets.title')} className="overflow-hidden rounded-lg border border-line bg-surface">
              {found.map((snippet) => (
                <Row
                  key={snippet.id}
                  snippet={snippet}
                  mayEdit={mayWrite && owners.some(({ value }) => value === (snippet.teamId ?? ''))}
                  onEdit={() => setEdited(snippet)}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {edited && <SnippetDialog snippet={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function Row({ snippet, mayEdit, onEdit }: { snippet: Snippet; mayEdit: boolean; onEdit: () => void }) {
  const t = useText('knowledge');
  const { title, shortcut, text, teamId } = snippet;
  const team = useTeams().find(({ id }) => id === teamId);
  const language = text[currentLanguage()] ? currentLanguage() : text.de ? 'de' : 'en';
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-words">{title}</span>
          <code className="rounded-sm bg-sunken px-1.5 font-mono text-xs">/{shortcut}</code>
          <Badge>{team ? team.name : t('snippets.everybody')}</Badge>
          {(['de', 'en'] as const).map(
            (one) =>
              text[one] && (
                <Badge key={one} tone="info">
                  {t(`languages.${one}`)}
                </Badge>
              ),
          )}
        </p>
        <p dir="auto" lang={language} className="written mt-1 line-clamp-3 break-words whitespace-pre-line text-muted">
          <Gaps text={text[language]} />
        </p>
      </div>
      {mayEdit && (
        <span className="flex shrink-0 gap-1">
          <IconButton small icon={Pencil} label={t('snippets.change', { name: title })} onClick={onEdit} />
          <IconButton small icon={Trash} label={t('snippets.remove', { name: title })} onClick={() => remove(snippet)} />
        </span>
      )}
    </li>
  );
}

/** Gone at once; back with one press, as a new one, because what is gone stays gone in every other window. */
function remove(snippet: Snippet): void {
  const t = textOf('knowledge');
  const { title, shortcut, text, teamId } = snippet;
  dropSnippet(snippet.id).then(
    () =>
      notify({
        title: t('snippets.removed', { name: title }),
        milliseconds: 10_000,
        action: {
          label: t('snippets.bringBack'),
          run: () => void saveSnippet({ id: crypto.randomUUID(), version: 0, title, shortcut, text, teamId }).catch(refused),
        },
      }),
    refused,
  );
}

const unique = (found: readonly { snippet: Snippet }[]): Snippet[] => [...new Set(found.map(({ snippet }) => snippet))];
