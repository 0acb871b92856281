import { AppLink } from '../../../platform/router/link.tsx';
import type { AutomationRule, DryRun, Tried } from '../../../../contract/automation.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useSentences } from '../words/use-sentences.ts';

type Draft = Pick<AutomationRule, 'conditions' | 'actions'>;

/** What a rule would do with what is there now, and why not elsewhere. Nothing was changed. */
export function DryRunResult({ result, rule, isOld }: { result: DryRun; rule: Draft; isOld: boolean }) {
  const t = useText('automation');
  const { number } = useFormats();
  const { looked, matched, matching, others } = result;
  const share = looked === 0 ? 0 : Math.round((matched / looked) * 100);
  return (
    <section aria-label={t('dryRun.title')} className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3">
      <p role="status" className="font-medium">
        {looked === 0 ? t('dryRun.nothing') : t('dryRun.found', { matched: number(matched), looked: number(looked), share: number(share) })}
      </p>
      <p className="text-xs text-muted">{isOld ? t('dryRun.old') : t('dryRun.hint')}</p>
      <Part title={t('dryRun.matching', { count: matching.length })} items={matching} rule={rule} />
      <Part title={t('dryRun.others', { count: others.length })} items={others} rule={rule} />
    </section>
  );
}

function Part({ title, items, rule }: { title: string; items: readonly Tried[]; rule: Draft }) {
  if (items.length === 0) return null;
  return (
    <details>
      <summary className="min-h-6 cursor-pointer font-medium">{title}</summary>
      <ul className="mt-2 flex max-h-72 flex-col gap-2 overflow-y-auto">
        {items.map((tried) => (
          <One key={tried.conversation.id} tried={tried} rule={rule} />
        ))}
      </ul>
    </details>
  );
}

function One({ tried: { conversation, matches, holds, changes }, rule }: { tried: Tried; rule: Draft }) {
  const t = useText('automation');
  const say = useSentences();
  const failed = rule.conditions.filter((_, n) => holds[n] === false).map(say.condition);
  const would = rule.actions.filter((_, n) => changes[n]).map(say.action);
  const why = matches
    ? would.length > 0
      ? t('dryRun.would', { what: would.join(t('and')) })
      : t('dryRun.alreadySo')
    : t('dryRun.whyNot', { what: failed.join(t('and')) });
  return (
    <li>
      <AppLink to={`/inbox/open/${conversation.id}`} className="underline" dir="auto">
        {conversation.subject || t('noSubject')}
      </AppLink>{' '}
      <span className="text-muted">{conversation.customerName}</span>
      <span className="block text-xs text-muted">{why}</span>
    </li>
  );
}
