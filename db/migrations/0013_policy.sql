-- previous: f72192645d74fe80dca77adb778d80c2f1115ce25a231591b73f98116f3ee1e0
-- The policy as it was published: words and the facts they tell. Nothing here is ever rewritten, every version stays readable byte for byte (152-ФЗ art. 18.1 ч.2).
create table policy_versions (
  tenant_id    uuid not null references tenants on delete restrict,
  id           uuid not null,
  version      int not null check (version > 0),
  facts        jsonb not null,                     -- what the registers said
  facts_sha256 bytea not null,
  body_ru      text not null,
  body_en      text not null,
  page_ru      text not null,                      -- the same as a part of a page
  page_en      text not null,
  sha256_ru    bytea not null,                     -- of the body
  sha256_en    bytea not null,
  published_by uuid,                               -- null: published with the founding of the company
  published_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, version),
  foreign key (tenant_id, published_by) references employees (tenant_id, id) on delete restrict
);
create index on policy_versions (tenant_id, published_by);

-- Acquaintance, which is no consent: this person had this version before their eyes (152-ФЗ art. 18.1 ч.2).
create table policy_marks (
  tenant_id uuid not null,
  id        uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  at        timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade,
  foreign key (tenant_id, policy_id) references policy_versions (tenant_id, id) on delete restrict
);
create index on policy_marks (tenant_id, person_id);
create index on policy_marks (tenant_id, policy_id);

-- Where questions about personal data go: an address of the function.
create table policy_contacts (
  tenant_id uuid primary key references tenants on delete restrict,
  email     text not null,
  version   int not null default 1
);

do $$
declare t text;
begin
  foreach t in array array['policy_versions', 'policy_marks', 'policy_contacts'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
-- No update and no delete: a version can only be followed by the next.
grant select, insert on policy_versions to infotech_app;
grant select, insert on policy_marks to infotech_app;
grant select, insert, update (email, version) on policy_contacts to infotech_app;
