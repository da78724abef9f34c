-- previous: ea5e27582ea27033344166a3be907409a4c06d7cd96230c8444fa6af8b9f31fd
-- previous: 0
-- How far the officer has been reminded that a blocked person may stay so for six months at most (152-ФЗ art. 21 ч.6). Null: not yet, or nobody is blocked.
alter table persons add column block_stage text check (block_stage in ('near', 'urgent', 'late'));
grant update (block_stage) on persons to infotech_app;
create index on persons (tenant_id, restricted_at) where restricted_at is not null;
