-- previous: 98ba1c8b72a9944ebf802139f5edd040191b887a79a133245a88d318ec7eee27
-- previous: 0
-- previous: 0
-- Whether somebody who was destroyed on their demand could be told of it is part of what became of the demand.
alter table request_events drop constraint request_events_kind_check;
alter table request_events add constraint request_events_kind_check
  check (kind in ('received', 'identified', 'taken', 'restricted', 'lifted', 'extended', 'packed', 'answered', 'refused', 'executed', 'told', 'untold'));
