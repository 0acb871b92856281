import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { instantsOfLine, nameOfLine } from './line-name.ts';

/** What happened, said by the system, small and in the middle. */
export function SystemLine({ message }: { message: Message }) {
  const t = useText('conversations');
  const { brief, date, full } = useFormats();
  const days = Object.fromEntries(Object.entries(instantsOfLine(message.text)).map(([name, at]) => [name, date(at)]));
  return (
    <p className="flex items-center gap-3 px-1 text-xs text-muted">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      <span>
        {t(`systemLine.${nameOfLine(message.text)}`, { ...days, defaultValue: t('systemLine.unknown') })}{' '}
        <time dateTime={message.at} title={full(message.at)}>
          {brief(message.at)}
        </time>
      </span>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </p>
  );
}
