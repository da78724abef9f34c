-- previous: 1eceb186cd8c6fd1fc0c5c0f549ac53b5c8ad6c9df24160ccffd2e97ae6b9395
-- Consents say where they were given, and a "no" needs no text; messages to people leave by one door, each with the verdict that let it go.
-- Where: the page or door, never what was typed there. A "no" counts also where no text was ever published.
alter table consent_events add column place text check (place ~ '^[a-z0-9:/_.-]{1,200}$');
alter table consent_events alter column text_id drop not null;
alter table consent_events add check (text_id is not null or state in ('refused', 'withdrawn'));
-- A "no" said again is as late as the last time: an earlier "yes" on its way must not lift it.
grant update (at) on objections to infotech_app;

-- A version of a template each; never changed. Service and advertising stand apart for good: kind and channel belong to the code.
create table mail_templates (
  tenant_id    uuid not null references tenants on delete restrict,
  id           uuid not null,
  code         text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  version      int not null check (version > 0),
  kind         text not null check (kind in ('service', 'advertising')),
  channel      text not null check (channel in ('email', 'sms')),
  name         text not null,
  subject      text not null,                      -- empty for messages to a phone
  body         text not null,
  body_sha256  bytea not null,
  published_by uuid not null,
  published_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code, version),
  foreign key (tenant_id, published_by) references employees (tenant_id, id) on delete restrict
);
create index on mail_templates (tenant_id, published_by);

-- An advertising mailing: begun by a human (38-ФЗ art. 18 ч.2), to those of an audience who may be written to.
create table mailings (
  tenant_id     uuid not null references tenants on delete restrict,
  id            uuid not null,
  name          text not null,
  template_id   uuid not null,
  channel       text not null check (channel in ('email', 'sms')),
  outlet_id     uuid,
  model_id      uuid references models on delete restrict,
  activity_id   uuid,
  state         text not null default 'draft' check (state in ('draft', 'running', 'paused', 'done', 'cancelled')),
  is_gathered   boolean not null default false,    -- the whole audience has its rows
  gathered_to   uuid,                              -- up to this person
  created_by    uuid not null,
  created_at    timestamptz not null,
  started_by    uuid,
  started_at    timestamptz,
  finished_at   timestamptz,
  version       int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, template_id) references mail_templates (tenant_id, id) on delete restrict,
  foreign key (tenant_id, outlet_id) references outlets (tenant_id, id) on delete restrict,
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete restrict,
  foreign key (tenant_id, created_by) references employees (tenant_id, id) on delete restrict,
  foreign key (tenant_id, started_by) references employees (tenant_id, id) on delete restrict
);
create index on mailings (tenant_id, created_at desc, id);
create index on mailings (tenant_id, template_id);
create index on mailings (tenant_id, outlet_id);
create index on mailings (tenant_id, activity_id);
create index on mailings (tenant_id, created_by);
create index on mailings (tenant_id, started_by);

-- One row a message. No address and no text of it: the address is opened when it is sent, the text is made of the template and the person then.
create table outbound_messages (
  tenant_id        uuid not null references tenants on delete restrict,
  id               uuid not null,
  mailing_id       uuid,
  template_id      uuid,
  letter           text,                           -- code of a letter of ours (server/letters.ts)
  payload          jsonb not null default '{}',    -- what the letter is about: ids, codes, sealed bytes
  person_id        uuid,                           -- null: the person was destroyed
  channel          text not null check (channel in ('email', 'sms')),
  kind             text not null check (kind in ('service', 'advertising')),
  purpose          text not null check (purpose in ('marketing', 'request_handling', 'sale', 'service', 'rights')),
  address_token    bytea,                          -- keyed hash of the address, while it may still be sent
  state            text not null check (state in ('queued', 'sending', 'sent', 'refused', 'cancelled', 'failed')),
  because          text,                           -- verdict of the moment, or why it was not sent
  consent_event_id uuid,                           -- the consent it rests on
  attempts         int not null default 0,
  queued_at        timestamptz not null,
  claimed_at       timestamptz,
  settled_at       timestamptz,
  primary key (tenant_id, id),
  check (address_token is null or state in ('queued', 'sending')),
  foreign key (tenant_id, mailing_id) references mailings (tenant_id, id) on delete restrict,
  foreign key (tenant_id, template_id) references mail_templates (tenant_id, id) on delete restrict,
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete set null (person_id)
);
create unique index outbound_messages_once_key on outbound_messages (tenant_id, mailing_id, person_id);
create index on outbound_messages (tenant_id, mailing_id, state, because, id);
-- The next to send of a mailing, those that failed least first.
create index outbound_messages_next_key on outbound_messages (tenant_id, mailing_id, attempts, id) where state in ('queued', 'sending');
create index on outbound_messages (tenant_id, template_id);
create index on outbound_messages (tenant_id, person_id, state);
-- What an unsubscribe cancels at once.
create index on outbound_messages (tenant_id, address_token) where address_token is not null;

do $$
declare t text;
begin
  foreach t in array array['mail_templates', 'mailings', 'outbound_messages'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select, insert on mail_templates to infotech_app;
grant select, insert, update (state, is_gathered, gathered_to, started_by, started_at, finished_at, version) on mailings to infotech_app;
grant select, insert, update (state, because, consent_event_id, address_token, attempts, claimed_at, settled_at) on outbound_messages to infotech_app;
-- The vault opens an address for a message only while that message is being sent.
grant select (tenant_id, person_id, state, purpose) on outbound_messages to infotech_vault;
