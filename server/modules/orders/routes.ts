import { ordersEndpoints as api } from '../../../contract/orders.ts';
import { type Route, route } from '../../platform/module.ts';
import { ordersOfCustomer } from './reading/of-customer.ts';
import { reportOrder } from './reporting/report.ts';

export const routes: Route[] = [route(api.report, reportOrder), route(api.ofCustomer, ordersOfCustomer)];
