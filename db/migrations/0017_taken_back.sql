-- previous: ca917eb27d5cb855f8993312b9beb48f486cc61b074b30e591faf98073385c31
-- previous: 0
-- What a dealer's own system is told of a request after it was sent there; and who closed an outlet, so that whoever comes back opens their own again.
alter table network_pushes add column what text not null default 'request' check (what in ('request', 'taken_back', 'withdrawn', 'corrected', 'destroyed', 'restricted'));
alter table network_pushes drop constraint network_pushes_tenant_id_transfer_id_key;
create index on network_pushes (tenant_id, transfer_id);
create unique index network_pushes_request_key on network_pushes (tenant_id, transfer_id) where what = 'request';

alter table network_outlets add column closed_by text check (closed_by in ('company', 'network')); -- null: open
update network_outlets o set closed_by = case when d.dealer_tenant_id is not null and d.accepted_at is null then 'company' else 'network' end
  from network_dealers d where d.tenant_id = o.tenant_id and d.id = o.dealer_id and not o.is_active;
grant update (closed_by) on network_outlets to infotech_app;
