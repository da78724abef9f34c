-- previous: 0fcf9dcd7bc43c74802548c1fa46e5b513c74313b8d910861749677d3f4647e8
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
