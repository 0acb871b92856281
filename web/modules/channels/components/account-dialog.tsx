import { useQuery } from '@tanstack/react-query';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ChannelAccountRecord, type ChannelFacts, channelsEndpoints as on } from '../../../../contract/channels.ts';
import type { OutputOf } from '../../../../contract/core.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useTeams } from '../../workspace/index.ts';
import { ChannelProblem } from './channel-problem.tsx';
import { HandOuts } from './hand-outs.tsx';
import { useChannelText } from './channel-text.ts';
import { SettingsFields } from './settings-fields.tsx';
import { fieldsOf, secretsNeeded, settingsFrom } from './settings-schema.ts';

type Saved = OutputOf<typeof on.account>;
type Tested = OutputOf<typeof on.testAccount>;

interface Props {
  channel: ChannelFacts;
  account: ChannelAccountRecord | null;
  onClose: () => void;
  onSaved: () => void;
}

export function AccountDialog(props: Props) {
  const general = useText('platform');
  const id = props.account?.id;
  const { data } = useQuery({
    queryKey: ['channels', 'account', id],
    queryFn: () => call(on.account, { id: id ?? '' }),
    enabled: Boolean(id),
    gcTime: 0,
  });
  if (id && !data) return <Skeleton label={general('loading')} />;
  return <Form {...props} saved={data ?? null} />;
}

function Form({ channel, account, saved, onClose, onSaved }: Props & { saved: Saved | null }) {
  const t = useText('channels');
  const general = useText('platform');
  const text = useChannelText(channel.id);
  const teams = useTeams().filter((team) => !team.archived);
  const fields = fieldsOf(channel.settings);
  const label = channel.label[currentLanguage()];
  const [name, setName] = useState(account?.name ?? '');
  const [address, setAddress] = useState(account?.address ?? '');
  const [teamId, setTeamId] = useState(account ? (account.teamId ?? '') : (teams[0]?.id ?? ''));
  const [signature, setSignature] = useState(account?.signature ?? '');
  const [active, setActive] = useState(account?.active ?? true);
  const [values, setValues] = useState<Record<string, unknown>>(saved?.settings ?? {});
  const [tested, setTested] = useState<Tested | null>(null);
  const settings = (): Record<string, unknown> => settingsFrom(fields, values);
  const needed = secretsNeeded(fields, saved?.settings ?? {}, values, saved?.secrets ?? {});
  const save = useAction(async () => {
    const facts = { name, address, teamId: teamId || null, signature: signature || null, active, settings: settings() };
    if (saved) await call(on.changeAccount, { id: saved.account.id, version: saved.account.version, ...facts });
    else await call(on.createAccount, { channel: channel.id, ...facts });
    onSaved();
    onClose();
  });
  const test = useAction(async () => {
    setTested(null);
    setTested(
      await (saved
        ? call(on.testAccount, { id: saved.account.id, settings: settings(), address })
        : call(on.testSettings, { channel: channel.id, address, settings: settings() })),
    );
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  const problem = save.problem ?? test.problem;
  const form = useRef<HTMLFormElement>(null);
  const isRefused = problem !== null;
  // The form is long, and the button always in reach: what came of it must come into sight, best where something is to be mended.
  useEffect(() => {
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (isRefused && invalid) invalid.focus();
    else if (isRefused || tested) form.current?.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }, [isRefused, tested]);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={account ? account.name : t('form.newTitle', { channel: label })}
      closeLabel={general('close')}
      footer={
        <>
          <Button busy={test.isBusy} disabled={!address} onClick={() => void test.run()} className="mr-auto">
            {t('form.test')}
          </Button>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button type="submit" form="account" look="primary" busy={save.isBusy}>
            {general('save')}
          </Button>
        </>
      }
    >
      <form id="account" ref={form} onSubmit={submit} className="flex flex-col gap-4 pb-2">
        <ProblemBanner problem={problem} />
        {tested && <TestResult tested={tested} channel={channel.id} />}
        {channel.setUpSteps.length > 0 && !account && (
          <ol className="list-decimal rounded-md bg-sunken py-2 pr-3 pl-8 text-muted">
            {channel.setUpSteps.map((step) => (
              <li key={step}>{text(step, step)}</li>
            ))}
          </ol>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.name')} hint={t('form.nameHint')} error={save.fieldProblem('name')}>
            <Input required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t('form.address')} hint={t('form.addressHint')} error={save.fieldProblem('address')}>
            <Input required maxLength={320} value={address} onChange={(event) => setAddress(event.target.value)} />
          </Field>
          <Field label={t('form.team')}>
            <Select
              options={[{ value: '', label: t('form.noTeam') }, ...teams.map((team) => ({ value: team.id, label: team.name }))]}
              value={teamId}
              onChange={setTeamId}
            />
          </Field>
          <Field label={t('form.signature')} aside={general('optional')}>
            <Textarea className="min-h-9" rows={1} value={signature} onChange={(event) => setSignature(event.target.value)} />
          </Field>
        </div>
        {saved?.hookUrl && (
          <Field label={t('form.hook')}>
            <Input readOnly value={saved.hookUrl} />
          </Field>
        )}
        {saved && <HandOuts channel={channel.id} handOuts={saved.handOuts} />}
        <hr className="border-line" />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <SettingsFields
            channel={channel.id}
            fields={fields}
            values={values}
            secrets={saved?.secrets ?? {}}
            needed={needed}
            problemOf={(path) => save.fieldProblem(path) ?? test.fieldProblem(path)}
            onChange={(field, value) => setValues((all) => ({ ...all, [field]: value }))}
          />
        </div>
        <hr className="border-line" />
        <Switch label={t('form.active')} checked={active} onChange={setActive} />
      </form>
    </Dialog>
  );
}

function TestResult({ tested, channel }: { tested: Tested; channel: string }) {
  const t = useText('channels');
  const text = useChannelText(channel);
  return (
    <div role="status" className="rounded-md border border-line bg-sunken px-3 py-2">
      <p className="font-medium">{tested.ok ? t('form.testGood') : t('form.testBad')}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {tested.steps.map((step) => {
          const Sign = step.ok ? CircleCheck : CircleX;
          return (
            <li key={step.name} className="flex items-start gap-2">
              <Sign aria-hidden="true" className={step.ok ? 'mt-0.5 size-4 text-success-text' : 'mt-0.5 size-4 text-danger-text'} />
              <div className="min-w-0">
                <span>{text(`test.${step.name}`, step.name)}</span>
                {step.problem && <ChannelProblem channel={channel} problem={step.problem} className="text-muted" />}
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
