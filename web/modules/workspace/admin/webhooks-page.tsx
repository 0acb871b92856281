import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Webhook } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Switch } from '../../../ui/form/switch.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { ApiReference } from '../components/api-reference.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';

const eventPattern = /^(\*|[a-z_]+\.(\*|[a-z_]+))$/;

export default function WebhooksPage() {
  const t = useText('workspace');
  const general = useText('platform');
  const query = useQuery({ queryKey: ['workspace', 'webhooks'], queryFn: () => call(on.listWebhooks, {}) });
  const { refetch } = query;
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>(['*']);
  const [secret, setSecret] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const add = useAction(async () => {
    setSecret((await call(on.addWebhook, { url, events })).secret);
    setUrl('');
    await refetch();
  });
  const eventsProblem = events.map((_, index) => add.fieldProblem(`events.${index}`)).find((problem) => problem !== null);
  // What is said of no field in particular is mostly about the address.
  const refusal = add.problem && !eventsProblem ? `${add.problem.title} ${add.problem.help ?? ''}` : null;
  const act = useAction((what: () => Promise<unknown>) => what());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void add.run();
  };
  return (
    <Page wide title={t('admin.webhooks')} intro={t('webhooks.intro')}>
      <ApiReference />
      {secret && (
        <Banner live tone="info">
          <p className="font-medium">{t('webhooks.secret')}</p>
          <code className="font-mono break-all">{secret}</code>
        </Banner>
      )}
      <ProblemBanner problem={act.problem} />
      <Loaded query={query}>
        {({ items }) =>
          items.map((webhook) => (
            <Card
              key={webhook.id}
              title={webhook.url}
              hint={webhook.events.join(', ')}
              actions={
                <span className="flex flex-wrap items-center gap-2">
                  {webhook.failingSince && <Badge tone="danger">{t('webhooks.failing')}</Badge>}
                  <Button small onClick={() => setShown(shown === webhook.id ? null : webhook.id)} aria-expanded={shown === webhook.id}>
                    {t('webhooks.log')}
                  </Button>
                  <Button
                    small
                    onClick={() => void act.run(() => call(on.testWebhook, { id: webhook.id }).then(() => setShown(webhook.id)))}
                  >
                    {t('webhooks.test')}
                  </Button>
                  <Button small onClick={() => void act.run(() => call(on.removeWebhook, { id: webhook.id }).then(() => refetch()))}>
                    {general('delete')}
                  </Button>
                </span>
              }
            >
              <Switch
                label={t('webhooks.active')}
                checked={webhook.active}
                onChange={(active) => void act.run(() => call(on.changeWebhook, { id: webhook.id, active }).then(() => refetch()))}
              />
              {shown === webhook.id && <DeliveryLog webhook={webhook} />}
            </Card>
          ))
        }
      </Loaded>
      <Card title={t('webhooks.add')}>
        <form onSubmit={submit} className="flex max-w-lg flex-col gap-3">
          <Field label={t('webhooks.url')} error={add.fieldProblem('url') ?? refusal}>
            <Input required type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
          </Field>
          <Field label={t('webhooks.events')} hint={t('webhooks.eventsHint')} error={eventsProblem}>
            <TagInput
              values={events}
              onChange={setEvents}
              accept={(typed) => (eventPattern.test(typed) ? typed : null)}
              removeLabel={(what) => general('remove', { what })}
            />
          </Field>
          <Button type="submit" look="primary" busy={add.isBusy} disabled={events.length === 0} className="self-start">
            {general('add')}
          </Button>
        </form>
      </Card>
    </Page>
  );
}

function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const t = useText('workspace');
  const { full } = useFormats();
  const query = useQuery({
    queryKey: ['workspace', 'deliveries', webhook.id],
    queryFn: () => call(on.listDeliveries, { id: webhook.id, limit: 30 }),
    refetchInterval: 5000,
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <Table
          caption={t('webhooks.log')}
          rows={data.items}
          keyOf={(delivery) => delivery.id}
          columns={[
            { id: 'at', label: t('webhooks.at'), cell: (delivery) => full(delivery.createdAt) },
            {
              id: 'event',
              label: t('webhooks.event'),
              cell: (delivery) => <code className="font-mono text-xs">{delivery.eventType}</code>,
            },
            {
              id: 'state',
              label: t('webhooks.state'),
              cell: (delivery) => (
                <Badge tone={delivery.state === 'delivered' ? 'success' : delivery.state === 'failed' ? 'danger' : 'neutral'}>
                  {t(`webhooks.states.${delivery.state}`)}
                </Badge>
              ),
            },
            {
              id: 'status',
              label: t('webhooks.answer'),
              cell: (delivery) => [delivery.responseStatus, delivery.problem].filter(Boolean).join(' ') || '–',
            },
            {
              id: 'again',
              label: '',
              right: true,
              cell: (delivery) => (
                <Button
                  small
                  onClick={() => void call(on.redeliver, { id: webhook.id, deliveryId: delivery.id }).then(() => query.refetch())}
                >
                  {t('webhooks.again')}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
