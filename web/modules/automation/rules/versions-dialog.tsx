import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AutomationRule } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { usePerson, useRight } from '../../workspace/index.ts';
import { on, rulesQuery, versionsQuery } from '../api.ts';
import { useSentences } from '../words/use-sentences.ts';
import { inputOf } from './input.ts';

/** Every version there was; an older one comes back as a new one, on or off as the rule is now. */
export function VersionsDialog({ rule, onClose }: { rule: AutomationRule; onClose: () => void }) {
  const t = useText('automation');
  const general = useText('platform');
  const client = useQueryClient();
  const mayRestore = useRight('manage_automation', 'A') || !rule.isOn;
  const query = useQuery(versionsQuery(rule.id, rule.version));
  const restore = useAction(async (old: AutomationRule) => {
    await call(on.saveRule, { ...inputOf(old), version: rule.version, isOn: rule.isOn });
    await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
    notify({ title: t('versions.restored', { version: old.version }) });
    onClose();
  });
  return (
    <Dialog open wide onClose={onClose} title={t('rules.versions', { name: rule.name })} closeLabel={general('close')}>
      <ProblemBanner problem={restore.problem} />
      <Loaded query={query}>
        {({ items }) => (
          <ol className="flex flex-col gap-4 pb-2">
            {items.map((version) => (
              <Version
                key={version.version}
                version={version}
                isBusy={restore.isBusy}
                onRestore={mayRestore && version.version !== rule.version ? () => void restore.run(version) : null}
              />
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}

function Version({ version, isBusy, onRestore }: { version: AutomationRule; isBusy: boolean; onRestore: (() => void) | null }) {
  const t = useText('automation');
  const general = useText('platform');
  const say = useSentences();
  const { full } = useFormats();
  const who = usePerson(version.changedBy)?.name ?? general('somebody');
  return (
    <li className="flex flex-col gap-1 border-b border-line pb-3 last:border-0">
      <span className="flex flex-wrap items-center justify-between gap-2">
        <span>
          <span className="font-medium">{t('versions.number', { version: version.version })}</span>{' '}
          <span className="text-muted">{t('versions.by', { who, when: full(version.changedAt) })}</span>
        </span>
        {onRestore && (
          <Button small disabled={isBusy} onClick={onRestore}>
            {t('versions.restore', { version: version.version })}
          </Button>
        )}
      </span>
      <span>
        {version.name} · {t(version.isOn ? 'versions.on' : 'versions.off')} · {t(`trigger.${version.trigger}`)}
      </span>
      <span className="text-muted">{version.conditions.map(say.condition).join(t(version.match === 'all' ? 'and' : 'or'))}</span>
      <span>{version.actions.map(say.action).join(t('and'))}</span>
    </li>
  );
}
