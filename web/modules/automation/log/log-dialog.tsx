import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { AppLink } from '../../../platform/router/link.tsx';
import type { AutomationRule, RuleFiring } from '../../../../contract/automation.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { conversationLogQuery, ruleLogQuery } from '../api.ts';
import { useSentences } from '../words/use-sentences.ts';

/** When a rule fired or was stopped, where, and why. */
export function RuleLog({ rule, onClose }: { rule: AutomationRule; onClose: () => void }) {
  const t = useText('automation');
  return <Log title={t('rules.log', { name: rule.name })} query={useQuery(ruleLogQuery(rule.id))} onClose={onClose} />;
}

/** What rules did in a conversation, and why. */
export function ConversationLog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useText('automation');
  return (
    <Log title={t('log.ofConversation')} query={useQuery(conversationLogQuery(conversation.id, conversation.version))} onClose={onClose} />
  );
}

function Log({ title, query, onClose }: { title: string; query: UseQueryResult<{ items: RuleFiring[] }>; onClose: () => void }) {
  const t = useText('automation');
  const general = useText('platform');
  return (
    <Dialog open wide onClose={onClose} title={title} description={t('log.kept')} closeLabel={general('close')}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('log.none')}>{t('log.noneHint')}</EmptyState>
          ) : (
            <ol className="flex flex-col gap-3 pb-2">
              {items.map((firing) => (
                <Entry key={firing.id} firing={firing} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Entry({ firing: { at, ruleName, version, trigger, conversation, stop, conditions, actions } }: { firing: RuleFiring }) {
  const t = useText('automation');
  const say = useSentences();
  const { full } = useFormats();
  const why = [t(`because.${trigger}`), ...conditions.map(say.condition)].join(t('and'));
  return (
    <li className="flex flex-col gap-1 border-b border-line pb-3 last:border-0">
      <span>
        <time dateTime={at} className="text-muted">
          {full(at)}
        </time>{' '}
        <span className="font-medium">{t('log.rule', { name: ruleName, version })}</span>
      </span>
      {conversation ? (
        <AppLink to={`/inbox/open/${conversation.id}`} className="w-fit underline" dir="auto">
          {conversation.subject || t('noSubject')}
        </AppLink>
      ) : (
        <span className="text-muted">{t('log.hidden')}</span>
      )}
      <span>{t('log.because', { why })}</span>
      {stop && <span className="font-medium text-warn-text">{t(`stop.${stop}`)}</span>}
      {actions.map((action, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- an entry never changes
        <span key={n} className={action.result === 'refused' ? 'text-danger-text' : 'text-muted'}>
          {t(`log.result.${action.result}`, { what: say.action(action) })}
        </span>
      ))}
    </li>
  );
}
