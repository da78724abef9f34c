-- previous: c541123480423c950a8c312a89efe3c66c07cf44aecad24cfbad7af26cdde5db
-- previous: 0
-- The credit and insurance specialist a working list was handed to sees it, and its client while it is open. Nobody sees every client for it.
alter table deals add column specialist_id uuid;
alter table deals add foreign key (tenant_id, specialist_id) references employees (tenant_id, id) on delete restrict;
create index on deals (tenant_id, specialist_id);
grant update (specialist_id) on deals to infotech_app;

-- Kept equal to the newest open working list by the statement that changes deals (server/crm/deals/specialist.ts).
alter table persons add column specialist_id uuid;
alter table persons add foreign key (tenant_id, specialist_id) references employees (tenant_id, id) on delete restrict;
create index on persons (tenant_id, specialist_id);
grant update (specialist_id) on persons to infotech_app;
