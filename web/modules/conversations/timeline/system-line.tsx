import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useRuleLine } from '../../automation/index.ts';
import { usePerson } from '../../workspace/index.ts';
import { instantsOf, lineOf } from './line-name.ts';

/** What happened, said by the system, small and in the middle. */
export function SystemLine({ message }: { message: Message }) {
  const t = useText('conversations');
  const { brief, date, full } = useFormats();
  const general = useText('platform');
  const line = lineOf(message.text);
  const { name, data } = line;
  const days = Object.fromEntries(Object.entries(instantsOf(line)).map(([at, instant]) => [at, date(instant)]));
  const from = usePerson(typeof data['fromId'] === 'string' ? data['fromId'] : null)?.name ?? general('somebody');
  const rule = useRuleLine()(data);
  const context = data['reason'] ? 'reason' : undefined;
  return (
    <p className="flex items-center gap-3 px-1 text-xs text-muted">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      <span>
        {t(`systemLine.${name}`, {
          ...days,
          ...rule,
          defaultValue: t('systemLine.unknown'),
          by: message.author.name,
          from,
          until: typeof data['until'] === 'string' ? full(data['until']) : '',
          reason: data['reason'],
          what: data['what'],
          context,
        })}{' '}
        <time dateTime={message.at} title={full(message.at)}>
          {brief(message.at)}
        </time>
      </span>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </p>
  );
}
