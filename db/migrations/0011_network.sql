-- previous: 98702136ac24fffda0cef35b040168073f5d322ae46051c2dd54fd942a9813ba
-- previous: 0
-- The network of a distributor: its dealers and their outlets, who gets which request and why, clocks, disputes, and the handing over of a person. At the
-- distributor lie states, times and numbers; of people ids only. A dealer's own tables hold what the dealer has been given. No row is shared by two companies:
-- the other's id is a plain column, and what must be known on both sides is written on both.

alter table lead_sources add is_network boolean not null default false;   -- requests of this source are handed on to dealers
alter table leads add network_lead_id uuid;                               -- at a dealer: which request of the distributor this is
alter table leads add handed_on boolean not null default false;           -- at a distributor: a dealer answers it, our own clocks rest
alter table leads drop constraint leads_result_check;
alter table leads add constraint leads_result_check check (result in ('deal', 'answered', 'refused', 'unreachable', 'duplicate', 'spam', 'taken_back'));

-- At the distributor.
create table network_dealers (
  tenant_id         uuid not null references tenants on delete restrict,
  id                uuid not null,
  dealer_tenant_id  uuid,                          -- their company on this platform; null: they have another system
  code              text not null,
  name              text not null,
  delivery          text not null check (delivery in ('crm', 'poll', 'push')),
  key_id            uuid,                          -- with which their system asks for requests and answers them
  push_url          text,
  push_secret       bytea,                         -- sealed; signs what is sent to push_url
  brand_ids         uuid[] not null default '{}',  -- empty: every brand
  cities            text[] not null default '{}',
  region            text,
  daily_capacity    int check (daily_capacity > 0),
  shares_duplicates boolean not null default false, -- said by the dealer, mirrored here
  accepted_at       timestamptz,                   -- when their company agreed to take requests of this network
  agreement_number  text,
  agreement_from    date,
  agreement_until   date,
  is_active         boolean not null default true,
  version           int not null default 1,
  created_at        timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, key_id) references integration_keys (tenant_id, id) on delete restrict
);
create unique index network_dealers_company_key on network_dealers (tenant_id, dealer_tenant_id);
create unique index network_dealers_key_key on network_dealers (tenant_id, key_id);

create table network_outlets (                     -- as their company publishes them, or as they were written down for a dealer with another system
  tenant_id        uuid not null,
  id               uuid not null,                  -- of a dealer on this platform: their own outlet's id
  dealer_id        uuid not null,
  dealer_tenant_id uuid,
  name             text not null,
  city             text not null,
  address          text not null,
  time_zone        text not null,
  hours            jsonb not null,
  is_active        boolean not null default true,
  version          int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict
);
create index on network_outlets (tenant_id, dealer_id);

create table network_rules (
  tenant_id        uuid not null references tenants on delete restrict,
  id               uuid not null,
  place            int not null,                   -- the first that fits decides
  name             text not null,
  brand_id         uuid references brands on delete restrict,
  model_id         uuid references models on delete restrict,
  interest         text,
  city             text,
  wished_dealer_id uuid,
  to_dealer_id     uuid,                           -- null with to_outlet_id null: the least loaded of those that fit
  to_outlet_id     uuid,
  only_open        boolean not null default false, -- holds while one of theirs is open
  is_active        boolean not null default true,
  version          int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, wished_dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, to_dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, to_outlet_id) references network_outlets (tenant_id, id) on delete restrict
);
create index on network_rules (tenant_id, place);
create index on network_rules (tenant_id, wished_dealer_id);
create index on network_rules (tenant_id, to_dealer_id);
create index on network_rules (tenant_id, to_outlet_id);

create table network_policies (                    -- how fast dealers take and answer, in their working minutes
  tenant_id             uuid not null references tenants on delete restrict,
  id                    uuid not null,
  interest              text not null,
  take_minutes          int not null check (take_minutes > 0),
  first_contact_minutes int not null check (first_contact_minutes > 0),
  version               int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, interest)
);

create table network_leads (
  tenant_id             uuid not null,
  id                    uuid not null,             -- of the lead itself
  number                bigint not null,
  interest              text not null,
  brand_id              uuid references brands on delete restrict,
  model_id              uuid references models on delete restrict,
  city                  text,                      -- one of those where the network has an outlet, never what somebody typed
  wished_outlet_id      uuid,
  dealer_id             uuid,
  dealer_tenant_id      uuid,
  outlet_id             uuid,
  transfer_id           uuid,                      -- the handing over that counts now
  assigned_because      text not null,             -- code and parameters of the explanation
  state                 text not null check (state in ('offered', 'received', 'taken', 'contacted', 'closed', 'disputed', 'unrouted')),
  unrouted_because      text check (unrouted_because in ('no_dealer', 'no_basis', 'too_many', 'not_delivered', 'by_hand', 'destroyed')),
  take_minutes          int not null,
  first_contact_minutes int not null,
  excused_minutes       int not null default 0,    -- taken out of the clocks by accepted disputes
  dealer_lead_number    bigint,
  client_dms_id         text,                      -- number of the dealer's working list
  asked_at              timestamptz not null,
  assigned_at           timestamptz,
  received_at           timestamptz,
  taken_at              timestamptz,
  first_contact_at      timestamptz,
  closed_at             timestamptz,
  deal_at               timestamptz,
  sold_at               timestamptz,
  result                text check (result in ('deal', 'answered', 'refused', 'unreachable', 'duplicate', 'spam')),
  escalated_at          timestamptz,
  duplicate_of          bigint,                    -- number of the other request of the same person
  attempts              int not null default 0,
  version               int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, id) references leads (tenant_id, id) on delete cascade,
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, outlet_id) references network_outlets (tenant_id, id) on delete restrict,
  foreign key (tenant_id, wished_outlet_id) references network_outlets (tenant_id, id) on delete restrict
);
create index on network_leads (tenant_id, asked_at desc, id desc);
create index on network_leads (tenant_id, state, asked_at desc, id desc);
create index on network_leads (tenant_id, dealer_id, asked_at desc, id desc);
create index on network_leads (tenant_id, outlet_id);
create index on network_leads (tenant_id, wished_outlet_id);

create table network_moves (                       -- every assignment and what took it away, each with its explanation
  tenant_id      uuid not null,
  id             uuid not null,
  lead_id        uuid not null,
  kind           text not null check (kind in ('assigned', 'rerouted', 'by_hand', 'taken_back', 'unrouted', 'refused')),
  from_dealer_id uuid,
  to_dealer_id   uuid,
  to_outlet_id   uuid,
  because        text not null,
  by_id          uuid,                             -- the colleague who did it; null: the clock or the rules
  at             timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references network_leads (tenant_id, id) on delete cascade,
  foreign key (tenant_id, from_dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, to_dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, by_id) references employees (tenant_id, id) on delete restrict
);
create index on network_moves (tenant_id, lead_id, at, id);
create index on network_moves (tenant_id, from_dealer_id);
create index on network_moves (tenant_id, to_dealer_id, at);
create index on network_moves (tenant_id, by_id);

create table network_disputes (
  tenant_id   uuid not null,
  id          uuid not null,
  lead_id     uuid not null,
  dealer_id   uuid not null,
  reason      text not null check (reason in ('no_such_contact', 'not_ours', 'client_of_another', 'asked_already', 'spam', 'came_late', 'client_does_not_wait')),
  evidence    text[] not null default '{}',        -- codes of what proves it
  state       text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
  decision    text check (decision in ('confirmed', 'goodwill', 'not_confirmed', 'too_late', 'no_evidence')),
  opened_at   timestamptz not null,
  decided_at  timestamptz,
  decided_by  uuid,
  excused_minutes int not null default 0,
  version     int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references network_leads (tenant_id, id) on delete cascade,
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict,
  foreign key (tenant_id, decided_by) references employees (tenant_id, id) on delete restrict
);
create unique index network_disputes_open_key on network_disputes (tenant_id, lead_id, dealer_id) where state = 'open';
create index on network_disputes (tenant_id, state, opened_at desc, id desc);
create index on network_disputes (tenant_id, lead_id);
create index on network_disputes (tenant_id, dealer_id);
create index on network_disputes (tenant_id, decided_by);

create table network_transfers (                   -- the act of handing a person over: whom, to whom, on which ground
  tenant_id        uuid not null,
  id               uuid not null,
  lead_id          uuid not null,
  person_id        uuid not null,                  -- no key: the proof outlives the person, and its id leads to nobody then
  dealer_id        uuid not null,
  via              text not null check (via in ('crm', 'poll', 'push')),
  basis            text check (basis in ('consent', 'contract')), -- null: not looked at yet
  consent_event_id uuid,
  external_ref     text not null,                  -- by which the dealer's side recognises a repeated delivery
  state            text not null default 'waiting' check (state in ('waiting', 'ready', 'done', 'refused', 'failed')),
  at               timestamptz not null,
  done_at          timestamptz,
  ended_at         timestamptz,                    -- taken back, or the person has withdrawn
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references network_leads (tenant_id, id) on delete cascade,
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict
);
create index on network_transfers (tenant_id, lead_id, at);
create index on network_transfers (tenant_id, dealer_id, person_id);
create index on network_transfers (tenant_id, person_id);

-- The same person at two dealers is recognised by keyed hashes of phone and e-mail under a key of the network. Ninety days at most.
create table network_tokens (
  tenant_id        uuid not null,
  token            bytea not null,
  lead_id          uuid not null,                  -- of ours or of a dealer
  number           bigint not null,
  dealer_tenant_id uuid,                           -- null: our own request
  person_id        uuid,                           -- of ours; a dealer's are taken away when the dealer says so
  at               timestamptz not null,
  primary key (tenant_id, token, lead_id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade
);
create index on network_tokens (tenant_id, lead_id);
create index on network_tokens (tenant_id, person_id);
create index on network_tokens (tenant_id, at);

create table network_pushes (                      -- what is to be sent to a dealer's own system, and how that went
  tenant_id   uuid not null,
  id          uuid not null,
  dealer_id   uuid not null,
  transfer_id uuid,                                -- null: a trial without anybody's data
  state       text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts    int not null default 0,
  next_at     timestamptz,
  status      int,
  problem     text check (problem in ('address', 'refused_address', 'timeout', 'connection', 'status', 'redirect', 'no_ground')),
  created_at  timestamptz not null,
  done_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, transfer_id),
  foreign key (tenant_id, transfer_id) references network_transfers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, dealer_id) references network_dealers (tenant_id, id) on delete restrict
);
create index on network_pushes (tenant_id, dealer_id, created_at desc);

-- At the dealer.
create table network_memberships (
  tenant_id             uuid not null references tenants on delete restrict,
  id                    uuid not null,             -- as the distributor names us
  distributor_tenant_id uuid not null,
  distributor           text not null,
  state                 text not null default 'invited' check (state in ('invited', 'accepted', 'left')),
  shares_duplicates     boolean not null default false,
  version               int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, distributor_tenant_id)
);

create table received_transfers (
  tenant_id             uuid not null,
  id                    uuid not null,             -- of the handing over, as the distributor knows it
  distributor_tenant_id uuid not null,
  distributor           text not null,
  network_lead_id       uuid not null,
  number                bigint not null,           -- the distributor's
  lead_id               uuid not null,
  basis                 text not null check (basis in ('consent', 'contract')),
  at                    timestamptz not null,
  take_due_at           timestamptz not null,
  first_contact_due_at  timestamptz not null,
  ended_at              timestamptz,
  ended_because         text check (ended_because in ('taken_back', 'withdrawn', 'destroyed')),
  dispute_state         text check (dispute_state in ('open', 'accepted', 'rejected')),
  dispute_reason        text check (dispute_reason in ('no_such_contact', 'not_ours', 'client_of_another', 'asked_already', 'spam', 'came_late', 'client_does_not_wait')),
  dispute_decision      text check (dispute_decision in ('confirmed', 'goodwill', 'not_confirmed', 'too_late', 'no_evidence')),
  version               int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id) on delete cascade
);
create index on received_transfers (tenant_id, lead_id);
create index on received_transfers (tenant_id, at desc, id desc);

create table subject_notices (                     -- what a person has said where they asked, told to everyone who was given their data (152-ФЗ art. 21 ч.1–3)
  tenant_id             uuid not null,
  id                    uuid not null,
  transfer_id           uuid not null,
  distributor_tenant_id uuid not null,
  number                bigint not null,
  lead_id               uuid,
  what                  text not null check (what in ('withdrawn', 'corrected', 'destroyed', 'restricted')),
  ended_ground          boolean not null default false,
  at                    timestamptz not null,
  seen_at               timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, transfer_id, what),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id) on delete set null (lead_id)
);
create index on subject_notices (tenant_id, lead_id);
create index on subject_notices (tenant_id, at desc, id desc);

create table network_shares (                      -- whose keyed hashes lie in a network, so that they can be taken away with the person
  tenant_id             uuid not null references tenants on delete restrict,
  lead_id               uuid not null,
  distributor_tenant_id uuid not null,
  person_id             uuid not null,             -- no key: read after the person is gone
  at                    timestamptz not null,
  primary key (tenant_id, lead_id, distributor_tenant_id)
);
create index on network_shares (tenant_id, person_id);

create table network_duplicates (
  tenant_id    uuid not null,
  lead_id      uuid not null,
  other_number bigint not null,                    -- which request the same person made elsewhere in the network; nothing else of it
  at           timestamptz not null,
  primary key (tenant_id, lead_id),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['network_dealers', 'network_outlets', 'network_rules', 'network_policies', 'network_leads', 'network_moves', 'network_disputes', 'network_transfers',
    'network_tokens', 'network_pushes', 'network_memberships', 'received_transfers', 'subject_notices', 'network_shares', 'network_duplicates'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant update (is_network) on lead_sources to infotech_app;
grant update (handed_on) on leads to infotech_app;
grant select, insert, update (name, delivery, key_id, push_url, push_secret, brand_ids, cities, region, daily_capacity, shares_duplicates, accepted_at, agreement_number, agreement_from,
  agreement_until, is_active, version) on network_dealers to infotech_app;
grant select, insert, update (name, city, address, time_zone, hours, is_active, version) on network_outlets to infotech_app;
grant select, insert, update (place, name, brand_id, model_id, interest, city, wished_dealer_id, to_dealer_id, to_outlet_id, only_open, is_active, version), delete on network_rules to infotech_app;
grant select, insert, update (take_minutes, first_contact_minutes, version) on network_policies to infotech_app;
grant select, insert, update on network_leads to infotech_app;
grant select, insert on network_moves to infotech_app;
grant select, insert, update (state, decision, decided_at, decided_by, excused_minutes, version) on network_disputes to infotech_app;
grant select, insert, update (basis, consent_event_id, state, done_at, ended_at) on network_transfers to infotech_app;
grant select, insert, delete on network_tokens to infotech_app;
grant select, insert, update (state, attempts, next_at, status, problem, done_at) on network_pushes to infotech_app;
grant select, insert, update (distributor, state, shares_duplicates, version) on network_memberships to infotech_app;
grant select, insert, update (take_due_at, first_contact_due_at, ended_at, ended_because, dispute_state, dispute_reason, dispute_decision, version) on received_transfers to infotech_app;
grant select, insert, update (ended_ground, at, seen_at) on subject_notices to infotech_app;
grant select, insert, delete on network_shares to infotech_app;
grant select, insert, update (other_number, at) on network_duplicates to infotech_app;
-- A dealer's system opens only the people who were handed to it, and the vault looks that up for itself; so it does whose hashes may lie in a network.
grant select on network_dealers, network_transfers to infotech_vault;
