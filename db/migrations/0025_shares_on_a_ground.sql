-- previous: bf97fba0d642dfc837991a3cedbd345ae8622a9eb8ae55cce16a772897dbe409
-- previous: 0
-- Keyed hashes of a dealer's own clients are their data handed to the distributor: they leave only on a ground that covers that, and the row says on which.
-- What was shared before on the companies' agreement alone goes; it was there for ninety days at most.
delete from network_tokens where dealer_tenant_id is not null;
delete from network_shares;
alter table network_shares add column basis text not null check (basis in ('consent', 'contract'));
