import { useQuery } from '@tanstack/react-query';
import CloudLightning from 'lucide-react/icons/cloud-lightning';
import type { Conversation } from '../../../../contract/conversations.ts';
import type { RunningStorm } from '../../../../contract/storms.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { useTextFor } from '../../automation/index.ts';
import { useRight } from '../../workspace/index.ts';
import { ofConversationQuery } from '../api.ts';
import { useRunning } from './use-running.ts';

interface Props {
  conversation: Conversation;
  /** The text for the draft; null where the caller may not write. It is never sent by itself. */
  onText: ((text: string) => void) | null;
}

/** On a conversation that is about a storm: that it is on, until when, and what may be answered. Asks nothing of the server on days without one. */
export function StormBanner({ conversation, onText }: Props) {
  const running = useRunning();
  const { data } = useQuery({ ...ofConversationQuery(conversation.id), enabled: running.length > 0 });
  const storm = running.find(({ id }) => data?.ids.includes(id));
  return storm ? <Strip storm={storm} conversation={conversation} onText={onText} /> : null;
}

function Strip({ storm: { id, title, endsExpectedAt, text }, conversation, onText }: Props & { storm: RunningStorm }) {
  const t = useText('storms');
  const { when } = useFormats();
  const textFor = useTextFor(conversation);
  const leads = useRight('lead_storms');
  const put = text && onText ? () => onText(`{{${t('personalLine')}}}\n\n${textFor({ text })}`) : null;
  useShortcuts(put ? [{ keys: 'i', label: t('putText'), group: t('title'), run: put }] : []);
  return (
    <section
      aria-label={t('concerned')}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-info-soft px-4 py-1.5 text-info-text"
    >
      <p className="min-w-0 flex-1 basis-60">
        <CloudLightning aria-hidden="true" className="mr-1.5 inline size-4 align-text-bottom" />
        {t('about')}{' '}
        {leads ? (
          <AppLink to={`/storms/${id}`} className="font-medium underline underline-offset-2">
            <bdi>{title}</bdi>
          </AppLink>
        ) : (
          <bdi className="font-medium">{title}</bdi>
        )}{' '}
        {endsExpectedAt ? t('endsAt', { when: when(endsExpectedAt) }) : t('endUnknown')}
        {!text && <> {t('noText')}</>}
      </p>
      {put && (
        <Button small onClick={put}>
          {t('putText')}
          <span aria-hidden="true">
            <Kbd keys="i" />
          </span>
        </Button>
      )}
    </section>
  );
}
