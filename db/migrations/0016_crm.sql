-- previous: 119edcca5eb1c26b967649f4d2fcd94e862df783e1db07c6116d8e3c9a53ef2e
-- Terms that the law counts from the end of a year (402-ФЗ art. 29 ч.1: five years after the reporting year), and when a client says they asked.
alter table activities add column counts_from_year_end boolean not null default false;
update activities set counts_from_year_end = true where code in ('sale', 'service') and retention_from like 'конец года%';
grant update (counts_from_year_end) on activities to infotech_app;

-- As the sender wrote it (ADF requestdate); the clocks go by received_at.
alter table leads add column requested_at timestamptz;
