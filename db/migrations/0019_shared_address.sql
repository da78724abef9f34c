-- previous: c541123480423c950a8c312a89efe3c66c07cf44aecad24cfbad7af26cdde5db
-- previous: 0
-- Whether the address that somebody came in by is theirs alone. One that several clients share opens a page on which nothing is read (152-ФЗ art. 14 ч.2, 3).
alter table portal_sessions add column is_proved boolean not null default false;
