-- previous: 74b03b2fa423d7a2629797d9f2696c2474a753eb5a74aa5952b74cb712cd9cd0
-- Terms that the law counts from the end of a year (402-ФЗ art. 29 ч.1: five years after the reporting year), and when a client says they asked.
alter table activities add column counts_from_year_end boolean not null default false;
update activities set counts_from_year_end = true where code in ('sale', 'service') and retention_from like 'конец года%';
grant update (counts_from_year_end) on activities to infotech_app;

-- As the sender wrote it (ADF requestdate); the clocks go by received_at.
alter table leads add column requested_at timestamptz;

-- Whoever was told a number looks the row up by it.
create index on leads (tenant_id, number);
create index on deals (tenant_id, number);

-- Codes of what a known client said otherwise than before, for whoever answers to ask about.
alter table leads add column notices text[] not null default '{}';
grant update (notices) on leads to infotech_app;
