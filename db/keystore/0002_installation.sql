-- previous: f12ffa6bc524e45545a4a4d9499718a7cff50847d4d130a4306d816762c91e32
-- Which main database these keys belong to. Written once, by the first vault that opens both.
create table installation (
  is_only boolean primary key default true check (is_only),
  id      uuid not null
);
grant select, insert on installation to infotech_keys;
