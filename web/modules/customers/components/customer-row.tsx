import type { KeyboardEvent } from 'react';
import type { CustomerHit } from '../../../../contract/customers.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { nameOf } from '../name.ts';
import { useWays } from './ways.tsx';

/** Somebody found, with what tells them from others of the same name. */
export function CustomerRow({ customer, onKeyDown }: { customer: CustomerHit; onKeyDown?: (event: KeyboardEvent) => void }) {
  const waysOf = useWays();
  return (
    <AppLink to={`/customers/${customer.id}`} onKeyDown={onKeyDown} className="flex min-h-12 items-center gap-3 px-4 hover:bg-hover">
      <Avatar decorative name={nameOf(customer.displayName)} seed={customer.id} />
      <span className="flex min-w-0 flex-col py-1.5">
        <span dir="auto" className="text-left font-medium">
          {nameOf(customer.displayName)}
        </span>
        <span className="text-xs break-words text-muted">{waysOf(customer)}</span>
      </span>
    </AppLink>
  );
}
