-- What a customer ordered and where it is, as the shop last told it. The shop decides, we show: a higher revision takes the place of a lower one.
create table orders (
  id uuid primary key,
  version int not null default 1,
  -- The one it was told for, who may count as another one by now.
  customer_id uuid not null,
  -- The shop's own name for it: what the customer finds in the confirmation.
  reference text not null unique,
  revision bigint not null,
  placed_at timestamptz not null,
  status text not null check (status in ('placed', 'preparing', 'shipped', 'delivered', 'cancelled', 'returned')),
  -- In the smallest unit of the currency: cents.
  total_amount bigint not null,
  currency text not null,
  -- [{name, quantity}]
  lines jsonb not null,
  reported_at timestamptz not null
);
create index orders_customer on orders (customer_id, placed_at desc, id desc);

-- One parcel of an order, replaced together with the order.
create table shipments (
  order_id uuid not null references orders on delete cascade,
  position int not null,
  carrier text not null,
  tracking_number text,
  tracking_url text check (tracking_url like 'https://%'),
  status text not null check (status in ('pre_transit', 'transit', 'delivered', 'failure', 'returned')),
  -- The carrier's last sight of it: what happened, where and when. What and when stand together.
  scan_what text,
  scan_place text,
  scan_at timestamptz,
  promised_from timestamptz,
  promised_to timestamptz,
  next_step text,
  primary key (order_id, position),
  check ((scan_what is null) = (scan_at is null))
);

-- So that an order that was erased with its customer does not come back with the next report: a mark under the installation's secret, not the reference.
create table erased_orders (
  mark text primary key,
  at timestamptz not null
);

-- Whose a number is, asked for every report: also that of somebody who counts as another one by now.
create index customers_any_number on customers (bare_number(number)) where number is not null;
