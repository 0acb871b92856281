import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { InputOf, OutputOf } from '../../../../contract/core.ts';
import { call } from '../../../platform/api/call.ts';
import { type Action, useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { queries } from '../../../platform/realtime/live.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';

type Company = OutputOf<typeof on.getSettings>;
type Change = InputOf<typeof on.changeSettings>;

const queryKey = ['workspace', 'settings'];
const show = (change: Partial<Company>): void =>
  void queries.setQueryData<Company>(queryKey, (company) => company && { ...company, ...change });

/** What holds for the whole company. */
export default function CompanyPage() {
  const t = useText('workspace');
  const query = useQuery({ queryKey, queryFn: () => call(on.getSettings, {}) });
  return (
    <Page title={t('admin.company')} intro={t('company.intro')}>
      <Loaded query={query} lines={6}>
        {(company) => (
          <>
            {company.demo && <Banner>{t('company.demo')}</Banner>}
            <CompanyName company={company} />
            <Contact company={company} />
            <CompanyLanguage company={company} />
            <CustomerPage company={company} />
            <OwnNetwork company={company} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Shows a change at once, and takes it back when the server refuses it. Only what was changed is sent, so nobody else's change is lost. */
function useChange(): Action<[Change]> {
  const general = useText('platform');
  return useAction(async (change: Change) => {
    const fields = Object.keys(change) as (keyof Change)[];
    const only = (company: Company): Partial<Company> => Object.fromEntries(fields.map((field) => [field, company[field]]));
    await queries.cancelQueries({ queryKey });
    const before = queries.getQueryData<Company>(queryKey);
    show(change as Partial<Company>);
    try {
      show(only(await call(on.changeSettings, change)));
      notify({ title: general('saved') });
    } catch (error) {
      if (before) show(only(before));
      throw error;
    }
  });
}

function CompanyName({ company }: { company: Company }) {
  const t = useText('workspace');
  const general = useText('platform');
  const change = useChange();
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? company.name;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // What was typed stays in the field when it is refused.
    if (await change.run({ name: name.trim() })) setTyped(null);
  };
  const fieldProblem = change.fieldProblem('name');
  return (
    <Card title={t('company.name')} hint={t('company.nameHint')}>
      <form onSubmit={(event) => void submit(event)} className="flex max-w-lg flex-wrap items-end gap-2">
        <Field label={t('welcome.company')} error={fieldProblem} className="min-w-0 flex-1 basis-60">
          <Input required maxLength={80} autoComplete="organization" value={name} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Button type="submit" busy={change.isBusy} disabled={typed === null || name.trim() === company.name}>
          {general('save')}
        </Button>
      </form>
      {!fieldProblem && <ProblemBanner problem={change.problem} className="mt-3" />}
    </Card>
  );
}

function Contact({ company }: { company: Company }) {
  const t = useText('workspace');
  const general = useText('platform');
  const change = useChange();
  const [typed, setTyped] = useState<string | null>(null);
  const contact = typed ?? company.contact;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await change.run({ contact: contact.trim() })) setTyped(null);
  };
  return (
    <Card title={t('company.contact')} hint={t('company.contactHint')}>
      <form onSubmit={(event) => void submit(event)} className="flex max-w-lg flex-wrap items-end gap-2">
        <Field label={t('company.contactLabel')} error={change.fieldProblem('contact')} className="min-w-0 flex-1 basis-60">
          <Input maxLength={200} value={contact} onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Button type="submit" busy={change.isBusy} disabled={typed === null || contact.trim() === company.contact}>
          {general('save')}
        </Button>
      </form>
    </Card>
  );
}

function CompanyLanguage({ company }: { company: Company }) {
  const t = useText('workspace');
  const change = useChange();
  return (
    <Card title={t('company.language')} hint={t('company.languageHint')}>
      <Segmented
        label={t('company.language')}
        value={company.locale}
        onChange={(locale) => void change.run({ locale })}
        options={[
          { value: 'de', label: 'Deutsch' },
          { value: 'en', label: 'English' },
        ]}
      />
      <ProblemBanner problem={change.problem} className="mt-3" />
    </Card>
  );
}

function CustomerPage({ company }: { company: Company }) {
  const t = useText('workspace');
  const change = useChange();
  return (
    <Card title={t('company.customerPage')} hint={t('company.customerPageHint')}>
      <Switch
        label={t('company.customerPageLinks')}
        hint={t('company.customerPageLinksHint')}
        checked={company.customerPage}
        onChange={(customerPage) => void change.run({ customerPage })}
      />
      <ProblemBanner problem={change.problem} className="mt-3" />
    </Card>
  );
}

function OwnNetwork({ company }: { company: Company }) {
  const t = useText('workspace');
  const change = useChange();
  return (
    <Card title={t('company.network')} hint={t('company.networkHint')}>
      <Switch
        label={t('company.privateAddresses')}
        hint={t('company.privateAddressesHint')}
        checked={company.privateAddresses}
        onChange={(privateAddresses) => void change.run({ privateAddresses })}
      />
      <ProblemBanner problem={change.problem} className="mt-3" />
    </Card>
  );
}
