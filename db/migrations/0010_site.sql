-- previous: 158f90a8b6a1e024d5829f16878499aa9c45ef95a8e27f3017131aa694633f78
-- What visitors of a company's site see, and what they chose about cookies. Nothing here names a visitor.
alter table sites add column headline text not null default '';       -- first words of the home page
alter table sites add column about text not null default '';          -- and what follows them
grant update (headline, about) on sites to infotech_app;

create table site_models (
  tenant_id          uuid not null references tenants on delete restrict,
  model_id           uuid not null references models on delete restrict,
  place              int not null default 0,
  headline           text not null,
  body_type          text not null check (body_type in ('sedan', 'liftback', 'hatchback', 'wagon', 'crossover', 'suv', 'pickup', 'van')),
  price_from_kopecks bigint not null check (price_from_kopecks > 0),
  trims              jsonb not null default '[]',  -- [{ "name", "priceKopecks" }], cheapest first
  is_shown           boolean not null default true,
  version            int not null default 1,
  primary key (tenant_id, model_id)
);

-- What came with a request by the site, for the statistics of the site; the request itself is the lead.
create table site_requests (
  tenant_id uuid not null,
  lead_id   uuid not null,
  language  text not null check (language in ('ru', 'en')),
  campaign  text check (campaign ~ '^[a-z0-9_.-]{1,60}$'),             -- only with consent to marketing cookies
  at        timestamptz not null,
  primary key (tenant_id, lead_id),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id) on delete cascade
);

-- What a visitor said about cookies: append-only, under the texts that were in force (152-ФЗ art. 9). The number of the visitor is random and theirs alone.
create table cookie_choices (
  tenant_id         uuid not null references tenants on delete restrict,
  id                uuid not null,
  visitor_id        text not null check (visitor_id ~ '^[A-Za-z0-9_-]{16,64}$'),
  analytics         boolean not null,
  marketing         boolean not null,
  analytics_text_id uuid,                          -- under which text a category was allowed; its hash stands with the text
  marketing_text_id uuid,
  is_signalled      boolean not null,              -- the browser sent Global Privacy Control
  how               text not null check (how in ('accept', 'refuse', 'details')),
  registry_version  int not null,                  -- which list of cookies was shown
  at                timestamptz not null,
  key_id            uuid not null,
  payload           bytea not null,                -- address and browser, sealed: the proof
  primary key (tenant_id, id),
  check (analytics_text_id is not null or not analytics),
  check (marketing_text_id is not null or not marketing),
  foreign key (tenant_id, analytics_text_id) references consent_texts (tenant_id, id) on delete restrict,
  foreign key (tenant_id, marketing_text_id) references consent_texts (tenant_id, id) on delete restrict
);
create index on cookie_choices (tenant_id, at);
create index on cookie_choices (tenant_id, visitor_id, at desc);
create index on cookie_choices (tenant_id, analytics_text_id);
create index on cookie_choices (tenant_id, marketing_text_id);

-- Pages counted by the day, only of visitors who allowed it. No row is anybody's.
create table site_visits (
  tenant_id uuid not null references tenants on delete restrict,
  day       date not null,
  page      text not null check (page in ('home', 'models', 'model', 'dealers', 'request', 'done', 'consents', 'cookies')),
  views     int not null,
  visitors  int not null,
  primary key (tenant_id, day, page)
);

do $$
declare t text;
begin
  foreach t in array array['site_models', 'site_requests', 'cookie_choices', 'site_visits'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select, insert, update (place, headline, body_type, price_from_kopecks, trims, is_shown, version) on site_models to infotech_app;
grant select, insert on site_requests to infotech_app;
-- A choice is never rewritten; after its year it goes. The proof in it is opened by nobody here.
grant select (tenant_id, id, visitor_id, analytics, marketing, analytics_text_id, marketing_text_id, is_signalled, how, registry_version, at), insert, delete on cookie_choices to infotech_app;
grant select, insert, update (views, visitors) on site_visits to infotech_app;
-- Its key dies with it.
grant select (tenant_id, id, key_id) on cookie_choices to infotech_vault;
