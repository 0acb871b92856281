-- A customer is offered to one person at a time, whatever of theirs waits. Null in offers made before this, which are over within seconds.
alter table offers add column customer_id uuid;
create unique index offers_customer on offers (customer_id) where state = 'open';
