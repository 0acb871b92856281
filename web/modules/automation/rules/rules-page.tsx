import { useQuery, useQueryClient } from '@tanstack/react-query';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import History from 'lucide-react/icons/history';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import ScrollText from 'lucide-react/icons/scroll-text';
import Trash from 'lucide-react/icons/trash-2';
import Workflow from 'lucide-react/icons/workflow';
import { useState } from 'react';
import type { AutomationRule } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Page, useRight } from '../../workspace/index.ts';
import { on, rulesQuery } from '../api.ts';
import { RuleLog } from '../log/log-dialog.tsx';
import { useSentences } from '../words/use-sentences.ts';
import { inputOf } from './input.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

type Opened = { what: 'edit' | 'versions' | 'log' | 'remove'; rule: AutomationRule } | { what: 'new' } | null;

/** The rules that act by themselves, in their order. */
export default function RulesPage() {
  const t = useText('automation');
  const query = useQuery(rulesQuery);
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <Page
      title={t('rulesTitle')}
      intro={t('rules.intro')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpened({ what: 'new' })}>
          {t('rules.add')}
        </Button>
      }
    >
      <Loaded query={query}>{({ items }) => <Rules items={items} onOpen={setOpened} />}</Loaded>
      {opened?.what === 'new' && <RuleDialog rule={null} onClose={close} />}
      {opened?.what === 'edit' && <RuleDialog rule={opened.rule} onClose={close} />}
      {opened?.what === 'versions' && <VersionsDialog rule={opened.rule} onClose={close} />}
      {opened?.what === 'log' && <RuleLog rule={opened.rule} onClose={close} />}
      {opened?.what === 'remove' && <RemoveDialog rule={opened.rule} onClose={close} />}
    </Page>
  );
}

function Rules({ items, onOpen }: { items: readonly AutomationRule[]; onOpen: (opened: Opened) => void }) {
  const t = useText('automation');
  const client = useQueryClient();
  const mayOrder = useRight('manage_automation', 'A');
  const order = useAction(async (ids: string[]) => client.setQueryData(rulesQuery.queryKey, await call(on.orderRules, { ids })));
  if (items.length === 0)
    return (
      <EmptyState icon={Workflow} title={t('rules.none')}>
        {t('rules.noneHint')}
      </EmptyState>
    );
  const move = (at: number, by: -1 | 1): void => {
    const ids = items.map(({ id }) => id);
    void order.run(ids.toSpliced(at, 1).toSpliced(at + by, 0, ids[at] ?? ''));
  };
  return (
    <>
      {!mayOrder && <p className="text-muted">{t('rules.draftsOnly')}</p>}
      <ProblemBanner problem={order.problem} />
      <ol aria-label={t('rulesTitle')} className="overflow-hidden rounded-lg border border-line bg-surface">
        {items.map((rule, at) => (
          <Row
            key={rule.id}
            rule={rule}
            mayOrder={mayOrder}
            onUp={at > 0 ? () => move(at, -1) : null}
            onDown={at < items.length - 1 ? () => move(at, 1) : null}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </>
  );
}

interface RowProps {
  rule: AutomationRule;
  mayOrder: boolean;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onOpen: (opened: Opened) => void;
}

function Row({ rule, mayOrder, onUp, onDown, onOpen }: RowProps) {
  const t = useText('automation');
  const client = useQueryClient();
  const say = useSentences();
  const { name } = rule;
  const mayChange = mayOrder || !rule.isOn;
  const turn = useAction(async (isOn: boolean) => {
    await call(on.saveRule, { ...inputOf(rule), isOn });
    await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
  });
  return (
    <li className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h2 dir="auto" className="min-w-0 flex-1 basis-60 font-medium break-words">
          {name}
        </h2>
        <Switch
          label={
            <>
              {t('rules.switchedOn')} <span className="sr-only">{t('quoted', { value: name })}</span>
            </>
          }
          checked={rule.isOn}
          disabled={!mayOrder || turn.isBusy}
          onChange={(is) => void turn.run(is)}
        />
      </div>
      <ProblemBanner problem={turn.problem} />
      <p>
        <span className="font-medium">{t('rules.when')}</span> {t(`trigger.${rule.trigger}`)}
        {rule.conditions.length > 0 && (
          <>
            {', '}
            <span className="font-medium">{t(rule.match === 'all' ? 'rules.andAll' : 'rules.andAny')}</span>{' '}
            {rule.conditions.map(say.condition).join(t(rule.match === 'all' ? 'and' : 'or'))}
          </>
        )}
      </p>
      <p>
        <span className="font-medium">{t('rules.then')}</span> {rule.actions.map(say.action).join(t('and'))}
      </p>
      <p className="text-muted">
        <span className="font-medium">{t('benefit')}</span> {rule.benefit || t('benefitMissing')}
      </p>
      <span className="flex flex-wrap gap-1">
        {mayOrder && (
          <>
            <IconButton small icon={ArrowUp} label={t('rules.up', { name })} disabled={!onUp} onClick={() => onUp?.()} />
            <IconButton small icon={ArrowDown} label={t('rules.down', { name })} disabled={!onDown} onClick={() => onDown?.()} />
          </>
        )}
        {mayChange && <IconButton small icon={Pencil} label={t('rules.change', { name })} onClick={() => onOpen({ what: 'edit', rule })} />}
        <IconButton small icon={ScrollText} label={t('rules.log', { name })} onClick={() => onOpen({ what: 'log', rule })} />
        <IconButton small icon={History} label={t('rules.versions', { name })} onClick={() => onOpen({ what: 'versions', rule })} />
        {mayOrder && <IconButton small icon={Trash} label={t('rules.remove', { name })} onClick={() => onOpen({ what: 'remove', rule })} />}
      </span>
    </li>
  );
}
