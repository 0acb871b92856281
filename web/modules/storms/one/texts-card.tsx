import { useQueryClient } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { Storm, StormText } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Card, PersonName, useMe } from '../../workspace/index.ts';
import { on } from '../api.ts';

/** What may be answered, version by version; only the newest that somebody else approved is offered. */
export function TextsCard({ storm, texts }: { storm: Storm; texts: readonly StormText[] }) {
  const t = useText('storms');
  const [isWriting, setIsWriting] = useState(false);
  const isOn = storm.endedAt === null;
  const offered = texts.find(({ approvedAt }) => approvedAt !== null)?.version;
  return (
    <Card
      title={t('texts.title')}
      hint={t('texts.hint')}
      actions={
        isOn && (
          <Button icon={Plus} onClick={() => setIsWriting(true)}>
            {t('texts.write')}
          </Button>
        )
      }
    >
      {texts.length === 0 ? (
        <p className="text-muted">{t('texts.none')}</p>
      ) : (
        <ul aria-label={t('texts.title')} className="flex flex-col gap-3">
          {texts.map((text) => (
            <Version key={text.version} storm={storm} text={text} isOffered={isOn && text.version === offered} />
          ))}
        </ul>
      )}
      {isWriting && <WriteDialog storm={storm} before={texts[0]} onClose={() => setIsWriting(false)} />}
    </Card>
  );
}

function Version({ storm, text, isOffered }: { storm: Storm; text: StormText; isOffered: boolean }) {
  const t = useText('storms');
  const { when } = useFormats();
  const me = useMe().person.id;
  const client = useQueryClient();
  const { version, writtenBy, writtenAt, approvedBy, approvedAt } = text;
  const approve = useAction(async () => {
    await call(on.approveText, { id: storm.id, version });
    await client.invalidateQueries({ queryKey: ['storms'] });
  });
  return (
    <li className="rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{t('texts.version', { version })}</h3>
        {isOffered ? <Badge tone="success">{t('texts.offered')}</Badge> : !approvedAt && <Badge>{t('texts.notApproved')}</Badge>}
        <span className="text-muted">
          {t('texts.by')} <PersonName id={writtenBy} />, {when(writtenAt)}
          {approvedBy && approvedAt && (
            <>
              {' · '}
              {t('texts.approvedBy')} <PersonName id={approvedBy} />, {when(approvedAt)}
            </>
          )}
        </span>
        {storm.endedAt === null && !approvedAt && writtenBy !== me && (
          <Button small look="primary" busy={approve.isBusy} onClick={() => void approve.run()}>
            {t('texts.approve', { version })}
          </Button>
        )}
      </div>
      {storm.endedAt === null && !approvedAt && writtenBy === me && <p className="text-muted">{t('texts.second')}</p>}
      <ProblemBanner problem={approve.problem} className="mt-2" />
      {(['de', 'en'] as const).map(
        (language) =>
          text.text[language] && (
            <p key={language} lang={language} dir="auto" className="written mt-2 break-words whitespace-pre-wrap">
              {text.text[language]}
            </p>
          ),
      )}
    </li>
  );
}

function WriteDialog({ storm, before, onClose }: { storm: Storm; before: StormText | undefined; onClose: () => void }) {
  const t = useText('storms');
  const client = useQueryClient();
  const [text, setText] = useState(before?.text ?? { de: '', en: '' });
  const save = useAction(async () => {
    await call(on.writeText, { id: storm.id, text });
    await client.invalidateQueries({ queryKey: ['storms'] });
    onClose();
  });
  return (
    <FormDialog
      title={t('texts.write')}
      description={t('texts.writeHint')}
      action={save}
      disabled={!text.de.trim() && !text.en.trim()}
      onClose={onClose}
    >
      {(['de', 'en'] as const).map((language) => (
        <Field key={language} label={t(`texts.language.${language}`)}>
          <Textarea
            lang={language}
            maxLength={10_000}
            className="min-h-28"
            value={text[language]}
            onChange={({ target }) => setText({ ...text, [language]: target.value })}
          />
        </Field>
      ))}
    </FormDialog>
  );
}
