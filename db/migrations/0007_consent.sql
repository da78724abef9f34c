-- previous: fe5cc64a848d3cd3fff5f529721b140479413829ecbd018622b5b1b62a3553db
-- Consents, refusals, withdrawals: append-only events over immutable texts, one purpose each (152-ФЗ art. 9). A "no" outlives the person as a keyed hash.
create table consent_texts (
  tenant_id    uuid not null references tenants on delete restrict,
  id           uuid not null,
  kind         text not null check (kind in ('request', 'advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call', 'cookies_analytics', 'cookies_marketing')),
  version      int not null check (version > 0),
  parts        jsonb not null,                     -- the nine items of art. 9 ч.4 as they were filled in
  body         text not null,                      -- as it is shown, word for word
  body_sha256  bytea not null,
  valid_days   int not null check (valid_days between 1 and 3650),
  published_by uuid not null,
  published_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, version),
  foreign key (tenant_id, published_by) references employees (tenant_id, id) on delete restrict
);
create index on consent_texts (tenant_id, published_by);

-- Who, what, which text, how, where, when. Address and browser of the person are a sealed fact with this event's id.
create table consent_events (
  tenant_id   uuid not null,
  id          uuid not null,
  person_id   uuid not null,
  text_id     uuid not null,
  kind        text not null check (kind in ('request', 'advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call', 'cookies_analytics', 'cookies_marketing')),
  state       text not null check (state in ('given', 'refused', 'withdrawn', 'expired')),
  how         text not null check (how in ('site', 'portal', 'staff_call', 'staff_paper', 'unsubscribe_link', 'import', 'clock')),
  by_id       uuid,                                -- the member of staff who wrote it down
  at          timestamptz not null,
  valid_until timestamptz,                         -- of a given consent
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade,
  foreign key (tenant_id, text_id) references consent_texts (tenant_id, id) on delete restrict
);
create index on consent_events (tenant_id, person_id, kind, at desc, id desc);
create index on consent_events (tenant_id, text_id);

-- A "no" by keyed hash of the phone or address: survives merge, import, restore and the destruction of the person.
create table objections (
  tenant_id uuid not null references tenants on delete restrict,
  id        uuid not null,
  token     bytea not null,
  channel   text not null check (channel in ('email', 'sms', 'call')),
  how       text not null check (how in ('site', 'portal', 'staff_call', 'staff_paper', 'unsubscribe_link', 'import')),
  by_id     uuid,
  at        timestamptz not null,
  lifted_at timestamptz,                           -- only by the person's own new consent
  primary key (tenant_id, id)
);
create unique index objections_live_key on objections (tenant_id, token, channel) where lifted_at is null;

do $$
declare t text;
begin
  foreach t in array array['consent_texts', 'consent_events', 'objections'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
-- Nothing here is ever rewritten: texts and events can only be added. Events go with the person whom they are about.
grant select, insert on consent_texts to infotech_app;
grant select, insert, delete on consent_events to infotech_app;
grant select, insert, update (lifted_at) on objections to infotech_app;
