import ShieldCheck from 'lucide-react/icons/shield-check';
import ShieldQuestion from 'lucide-react/icons/shield-question-mark';
import { useState } from 'react';
import type { Customer } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { usePerson, useRight } from '../../workspace/index.ts';
import { CallerDialog } from './caller-dialog.tsx';
import { useAuthentication } from './use-authentication.ts';

const names = ['none', 'claimed', 'checked', 'sure'] as const;
const tones = ['neutral', 'neutral', 'info', 'success'] as const;

/** Whether it is really this person who speaks, why we think so, and where to record it. `conversationId`: the one on the desk. */
export function CallerLevel({
  customer,
  conversationId,
  inPane = false,
}: {
  customer: Customer;
  conversationId?: string | undefined;
  /** In the columns of a pane. */
  inPane?: boolean;
}) {
  const t = useText('customers');
  const { when } = useFormats();
  const mayRecord = useRight('change_customer');
  const state = useAuthentication(customer.id);
  const by = usePerson(state?.byId);
  const [isOpen, setIsOpen] = useState(false);
  if (!state) return null;
  const level = Math.min(Math.max(state.level, 0), 3);
  return (
    <section aria-label={t('caller.label')} className={inPane ? 'pane-lines' : 'flex flex-wrap items-center gap-x-2 gap-y-1'}>
      <span className={inPane ? 'text-muted' : 'text-xs text-muted'}>{t('caller.label')}</span>
      <span className={inPane ? 'flex flex-col items-start gap-1' : 'contents'}>
        <Badge tone={tones[level] ?? 'neutral'} icon={level >= 2 ? ShieldCheck : ShieldQuestion}>
          {t(`caller.levels.${names[level] ?? 'none'}`)}
        </Badge>
        {state.method && state.at && (
          <span className="text-xs text-muted">
            {[t(`caller.short.${state.method}`), by?.name, when(state.at)].filter(Boolean).join(' · ')}
          </span>
        )}
        {mayRecord && (
          <Button small onClick={() => setIsOpen(true)}>
            {t('caller.check')}
          </Button>
        )}
      </span>
      {isOpen && <CallerDialog customer={customer} conversationId={conversationId} onClose={() => setIsOpen(false)} />}
    </section>
  );
}
