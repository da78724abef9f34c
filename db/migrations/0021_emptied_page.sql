-- previous: c074605f3b245e5cba527afe9f3c6f2108d890c24e56ee5b4bb9687fd4fca03b
-- previous: 0
-- A page whose person is destroyed names the act and holds no id of theirs: ids of who is there go with the person, acts are noted as they are written.
alter table portal_sessions drop column person_ids;
alter table portal_sessions add column act_ids uuid[] not null default '{}';
grant update (act_ids) on portal_sessions to infotech_app;
