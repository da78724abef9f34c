-- previous: fd9583a30f41ae2d709b7b2f3b3e0f0cff185657c997cc57aacb8ba1fd5f0645
-- previous: 0
-- What a dealer has in hand is counted at every routing: by what is open, however much was closed in the years before.
create index network_leads_open on network_leads (tenant_id, dealer_id) where state in ('offered', 'received', 'taken', 'contacted');
