-- previous: c9c203da3be9658a1b34c61dbfba0a4d820331867efb860b35a48886e5b80990
-- previous: 0
-- What a dealer has in hand is counted at every routing: by what is open, however much was closed in the years before.
create index network_leads_open on network_leads (tenant_id, dealer_id) where state in ('offered', 'received', 'taken', 'contacted');
