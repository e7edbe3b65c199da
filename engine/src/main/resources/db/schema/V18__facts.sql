-- Facts: named values that conditions read. value is JSON as text; NULL says that the fact was
-- deleted. Such a row stays until the clean-up, so that move_xid keeps the events of one fact in the
-- order of its changes: a change in an older transaction than the last one is tried again.
CREATE TABLE fact (
  name        text COLLATE "C" PRIMARY KEY,
  value       text,
  expire_time timestamptz, -- absent from then on, removed or not
  update_time timestamptz NOT NULL,
  principal   text NOT NULL,
  reason      text NOT NULL,
  move_xid    bigint NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX fact_expire_time ON fact (expire_time) WHERE expire_time IS NOT NULL;

-- Of the daily clean-up.
ALTER TABLE cleanup_run ADD COLUMN facts bigint NOT NULL DEFAULT 0;
