-- previous: 5fff668f0313e2206fa60f95a4276457206e9483286a551cfe64a8e86d3e762e
-- What was said is never taken back by the application, only added to; it goes with its person, by the key of the row itself.
revoke delete on consent_events from infotech_app;
