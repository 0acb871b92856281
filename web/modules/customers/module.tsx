import Settings from 'lucide-react/icons/settings';
import UserRound from 'lucide-react/icons/user-round';
import UsersRound from 'lucide-react/icons/users-round';
import { textOf } from '../../platform/i18n/i18n.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { findCustomers } from './api.ts';
import { refreshCustomer } from './use-customer.ts';

export const module: WebModule = {
  id: 'customers',
  pages: [
    { path: '/customers', load: () => import('./customers-page.tsx') },
    { path: '/customers/$customerId', load: () => import('./customer-page.tsx') },
    { path: '/administration/data-requests', load: () => import('./data-requests/data-requests-page.tsx') },
  ],
  menu: [
    { path: '/customers', label: 'menu', icon: UsersRound, place: 'main', keys: 'g c', rights: ['read_case'], scope: ['R', 'T', 'A'] },
    {
      path: '/administration/data-requests',
      label: 'data.title',
      icon: Settings,
      place: 'admin',
      group: 'data',
      rights: ['data_request'],
      scope: 'A',
    },
  ],
  onEvent: (event) => {
    if (event.subject.customerId) void refreshCustomer(event.subject.customerId);
  },
  find: async (query, go) => {
    const { items } = await findCustomers(query);
    return items.map((customer) => ({
      id: `customer ${customer.id}`,
      label: customer.displayName,
      hint: customer.number ?? customer.ways[0]?.label,
      group: textOf('customers')('search.group'),
      icon: UserRound,
      always: true,
      run: () => go(`/customers/${customer.id}`),
    }));
  },
};
