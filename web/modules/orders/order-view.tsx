import ExternalLink from 'lucide-react/icons/external-link';
import type { Order, Shipment } from '../../../contract/orders.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../platform/i18n/i18n.ts';
import { useNow } from '../../platform/i18n/use-now.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { isLate, money, promisedWindow } from './words.ts';

/** Only what went wrong, or came, has a colour. */
const tones: Partial<Record<Shipment['status'], Tone>> = { delivered: 'success', failure: 'danger', returned: 'warn' };

/** One order in three lines, then its parcels. */
export function OrderView({ order }: { order: Order }) {
  const t = useText('orders');
  const { date } = useFormats();
  const [first, ...others] = order.lines;
  // Where its parcels say it, it is said.
  const isSaid =
    order.status === 'delivered' && order.shipments.length > 0 && order.shipments.every(({ status }) => status === 'delivered');
  return (
    <article aria-label={t('order', { reference: order.reference })}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <bdi className="min-w-0 font-medium wrap-anywhere">{order.reference}</bdi>
        {!isSaid && <Badge>{t(`statuses.${order.status}`)}</Badge>}
      </p>
      <p className="text-xs text-muted">
        {date(order.placedAt)} · {money(order.total, currentLanguage())}
      </p>
      {first && (
        <p className="wrap-anywhere">
          {first.quantity > 1 && `${first.quantity} × `}
          <bdi>{first.name}</bdi>
          {others.length > 0 && ` ${t('others', { count: others.length })}`}
        </p>
      )}
      {order.shipments.map((shipment, n) => (
        // Parcels have no name of their own; they come and go with the order, in its order.
        // oxlint-disable-next-line react/no-array-index-key
        <Parcel key={n} shipment={shipment} isOpen={order.status !== 'cancelled'} />
      ))}
    </article>
  );
}

function Parcel({ shipment, isOpen }: { shipment: Shipment; isOpen: boolean }) {
  const t = useText('orders');
  const { when, time, day, full } = useFormats();
  const now = useNow();
  const { carrier, trackingNumber, trackingUrl, status, lastScan, promised, nextStep } = shipment;
  const late = isOpen && isLate(shipment, now);
  // What was promised is of the past once it is there.
  const window = promised && status !== 'delivered' && promisedWindow(promised, { when, time, day }, now);
  return (
    <dl className="pane-lines mt-1.5">
      <dt>{t('shipment')}</dt>
      <dd className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
        <bdi className="wrap-anywhere">{carrier}</bdi>
        <Badge {...(tones[status] ? { tone: tones[status] } : {})}>{t(`shipmentStatuses.${status}`)}</Badge>
        {trackingUrl && (
          <a
            href={trackingUrl}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('followLabel', { number: trackingNumber ?? carrier })}
            className="inline-flex min-h-6 items-center gap-1 text-accent-text underline"
          >
            {t('follow')}
            <ExternalLink aria-hidden="true" className="size-3" />
          </a>
        )}
      </dd>
      {lastScan && (
        <>
          <dt>{t('lastScan')}</dt>
          <dd className="wrap-anywhere">
            <bdi>{[lastScan.what, lastScan.place].filter(Boolean).join(', ')}</bdi>
            <time dateTime={lastScan.at} title={full(lastScan.at)} className="block text-xs text-muted">
              {when(lastScan.at, now)}
            </time>
          </dd>
        </>
      )}
      {window && (
        <>
          <dt>{t('promised')}</dt>
          <dd>
            {window.from === null ? t('until', { to: window.to }) : t('between', { from: window.from, to: window.to })}
            {late && (
              <span className="ml-1.5">
                <Badge tone="danger">{t('late')}</Badge>
              </span>
            )}
          </dd>
        </>
      )}
      {nextStep && (
        <>
          <dt>{t('nextStep')}</dt>
          <dd className="wrap-anywhere">
            <bdi>{nextStep}</bdi>
          </dd>
        </>
      )}
    </dl>
  );
}
