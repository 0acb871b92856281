import { useRef, useState } from 'react';
import type { Snippet } from '../../../../contract/knowledge.ts';
import { gapsIn } from '../../../../contract/writing/placeholders.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { useMe } from '../../workspace/index.ts';
import { saveSnippet } from '../api.ts';
import type { SnippetLanguage } from './find.ts';
import { Gaps } from './gaps.tsx';
import { PlaceholderList } from './placeholder-list.tsx';
import { useOwners } from './use-owners.ts';
import { valuesFor } from './values.ts';

/** Title, word, owner and both texts of a snippet, with what the customer will read. */
export function SnippetDialog({ snippet, onClose }: { snippet: Snippet | null; onClose: () => void }) {
  const t = useText('knowledge');
  const general = useText('platform');
  const owners = useOwners();
  const [title, setTitle] = useState(snippet?.title ?? '');
  const [shortcut, setShortcut] = useState(snippet?.shortcut ?? '');
  const [owner, setOwner] = useState(snippet ? (snippet.teamId ?? '') : (owners[0]?.value ?? ''));
  const [text, setText] = useState(snippet?.text ?? { de: '', en: '' });
  const [language, setLanguage] = useState<SnippetLanguage>(snippet && !snippet.text.de ? 'en' : snippet ? 'de' : currentLanguage());
  const [id] = useState(() => snippet?.id ?? crypto.randomUUID());
  const field = useRef<HTMLTextAreaElement>(null);
  const gaps = gapsIn(`${text.de}\n${text.en}`).filter(({ placeholder }) => placeholder === undefined);
  const save = useAction(async () => {
    const fields = { title: title.trim(), shortcut: shortcut.trim().toLowerCase(), text, teamId: owner || null };
    const saved = await saveSnippet({ id, version: snippet?.version ?? 0, ...fields });
    notify({
      title: t(snippet ? 'snippets.changed' : 'snippets.added', { name: fields.title }),
      ...(snippet
        ? {
            milliseconds: 10_000,
            action: {
              label: general('undo'),
              run: () =>
                void saveSnippet({
                  id,
                  version: saved.version,
                  title: snippet.title,
                  shortcut: snippet.shortcut,
                  text: snippet.text,
                  teamId: snippet.teamId,
                }).catch(refused),
            },
          }
        : {}),
    });
    onClose();
  });
  const insert = (written: string): void => {
    const at = field.current?.selectionStart ?? text[language].length;
    const end = field.current?.selectionEnd ?? at;
    setText({ ...text, [language]: text[language].slice(0, at) + written + text[language].slice(end) });
    setTimeout(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + written.length, at + written.length);
    }, 0);
  };
  return (
    <FormDialog
      wide
      onClose={onClose}
      title={snippet ? t('snippets.changeTitle', { name: snippet.title }) : t('snippets.add')}
      action={save}
      confirm={snippet ? general('save') : general('add')}
      disabled={!title.trim() || !shortcut.trim() || !(text.de.trim() || text.en.trim()) || gaps.length > 0}
    >
      <Field label={t('snippets.name')} error={save.fieldProblem('title')}>
        <Input required maxLength={80} value={title} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label={t('snippets.shortcut')} hint={t('snippets.shortcutHint')} error={save.fieldProblem('shortcut')}>
        <Input
          required
          maxLength={30}
          autoCapitalize="none"
          spellCheck={false}
          value={shortcut}
          onChange={(event) => setShortcut(event.target.value.replace(/^\/+|\s/g, ''))}
        />
      </Field>
      <Field label={t('snippets.owner')} hint={t('snippets.ownerHint')} className="sm:col-span-2">
        <Select value={owner} options={owners} onChange={setOwner} />
      </Field>
      <div className="flex flex-col gap-2 sm:col-span-2">
        <Segmented
          label={t('snippets.language')}
          value={language}
          onChange={setLanguage}
          options={(['de', 'en'] as const).map((one) => ({
            value: one,
            label: text[one].trim() ? t(`languages.${one}`) : t('snippets.without', { language: t(`languages.${one}`) }),
          }))}
        />
        <Field
          label={t('snippets.text', { language: t(`languages.${language}`) })}
          hint={t('snippets.textHint')}
          error={gaps.length > 0 ? t('placeholders.unknown', { names: gaps.map(({ written }) => written).join(', ') }) : null}
        >
          <Textarea
            key={language}
            ref={field}
            lang={language}
            maxLength={10_000}
            className="min-h-32 text-base"
            value={text[language]}
            onChange={(event) => setText({ ...text, [language]: event.target.value })}
          />
        </Field>
      </div>
      <div className="sm:col-span-2">
        <PlaceholderList language={language} onPick={insert} />
      </div>
      <Preview text={text[language]} language={language} />
    </FormDialog>
  );
}

/** What stands there when it is used, with made-up values in the gaps. */
function Preview({ text, language }: { text: string; language: SnippetLanguage }) {
  const t = useText('knowledge');
  const me = useMe();
  const example = {
    customerName: 'Erika Klein',
    salutation: 'formal',
    caseNumber: '26-48213-7',
    caseSubject: t('preview.subject'),
  } as const;
  const known = valuesFor({ ...example, adviserName: me.person.name, companyName: me.company.name, origin: location.origin }, language);
  return (
    <section aria-label={t('preview.title')} className="rounded-md border border-line bg-sunken px-3 py-2 sm:col-span-2">
      <p className="text-xs font-medium text-muted">{t('preview.title')}</p>
      <p dir="auto" lang={language} className="written mt-1 min-h-12 text-base break-words whitespace-pre-wrap">
        {text.trim() ? <Gaps text={text} known={known} /> : <span className="text-sm text-muted">{t('preview.empty')}</span>}
      </p>
    </section>
  );
}
