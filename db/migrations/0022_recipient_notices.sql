-- previous: dd1dd498cfe5a60a822ae0d3b43c2af7b5a9e1105852a3ebb7f8cfdcab4d73f2
-- previous: 0
-- Who was given somebody's data and is to hear what has become of it (152-ФЗ art. 20 ч.3, 21 ч.1–3), and whether they have: told is who answered a message, took a
-- notice into their own CRM here, or fetched it by polling; anybody else waits for the officer. No id of a person: of somebody destroyed none is left.
create table recipient_notices (
  tenant_id   uuid not null,
  id          uuid not null,
  act_id      uuid,                                -- of a destruction
  transfer_id uuid,                                -- null: handed over by no way of the network, so that no message goes
  dealer_id   uuid,
  recipient   text not null,                       -- a legal entity
  number      bigint,                              -- of the request, by which both sides know it
  what        text not null check (what in ('withdrawn', 'corrected', 'destroyed', 'restricted')),
  queued_at   timestamptz not null,
  told_at     timestamptz,
  how         text check (how in ('here', 'push', 'poll', 'by_hand')),
  primary key (tenant_id, id),
  unique (tenant_id, transfer_id, what),
  check ((told_at is null) = (how is null)),
  check ((act_id is not null) or (transfer_id is not null)),
  foreign key (tenant_id, act_id) references destruction_acts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, transfer_id) references network_transfers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict
);
create index on recipient_notices (tenant_id, act_id);
create index on recipient_notices (tenant_id, dealer_id, queued_at desc);
create index recipient_notices_open on recipient_notices (tenant_id, queued_at) where told_at is null;
alter table recipient_notices enable row level security;
create policy tenant on recipient_notices using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update (queued_at, told_at, how), delete on recipient_notices to infotech_app;
