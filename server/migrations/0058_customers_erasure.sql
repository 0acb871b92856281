-- Since when a customer's data may only lie there (Art. 18 GDPR), since when it is to be erased (Art. 17), and whether letters stay until the law lets them go.
alter table customers add column restricted_at timestamptz, add column erasure_asked_at timestamptz, add column keeps_letters boolean not null default false;
create index customers_withheld on customers (restricted_at desc, id) where status in ('restricted', 'erased');
