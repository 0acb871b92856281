import { useAction } from '../../platform/api/use-action.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../workspace/index.ts';
import { OrderView } from './order-view.tsx';
import { useOrders } from './use-orders.ts';

/**
 * What the customer ordered last and where it is: the answer to what is asked most, without asking for a number. Where no shop tells of orders nothing stands
 * here; a customer without one is a line.
 */
export function LastOrder({ customerId, inPane = false }: { customerId: string; inPane?: boolean }) {
  const t = useText('orders');
  const { orders, fed, more } = useOrders(customerId);
  const [last, ...earlier] = orders ?? [];
  if (!orders || (!last && !fed)) return null;
  const content = last ? (
    <div className="flex flex-col gap-2">
      <OrderView order={last} />
      {(earlier.length > 0 || more) && (
        <details>
          <summary className="min-h-6 text-muted">{more ? t('earlier') : t('earlierCount', { count: earlier.length })}</summary>
          <ul className="mt-1 flex flex-col gap-2">
            {earlier.map((order) => (
              <li key={order.id} className="border-t border-line pt-2">
                <OrderView order={order} />
              </li>
            ))}
          </ul>
          {more && <More read={more} />}
        </details>
      )}
    </div>
  ) : (
    <p className="text-muted">{t('none')}</p>
  );
  if (!inPane) return <Card title={t('title')}>{content}</Card>;
  return (
    <section aria-label={t('title')} className="border-b border-line px-4 py-3">
      <h2 className="mb-1 font-semibold">{t('title')}</h2>
      {content}
    </section>
  );
}

function More({ read }: { read: () => Promise<void> }) {
  const t = useText('orders');
  const reading = useAction(read);
  return (
    <Button small busy={reading.isBusy} className="mt-2" onClick={() => void reading.run()}>
      {t('more')}
    </Button>
  );
}
