-- How many tasks of a queue and type arrived in a minute, and how long those waited and ran that
-- started and ended in it: counted from the event log, each event once. The arrays are counts by the
-- buckets of io.tasklane.rollup.DurationBuckets, from the first on, without zeros at the end.
CREATE TABLE rollup (
  queue     int NOT NULL,
  task_type text COLLATE "C" NOT NULL,
  minute    timestamptz NOT NULL,
  arrivals  bigint NOT NULL,
  retries   bigint NOT NULL,
  failures  bigint NOT NULL,
  waits     bigint[] NOT NULL,
  runs      bigint[] NOT NULL,
  backoffs  bigint[] NOT NULL, -- between a run that failed and the next
  PRIMARY KEY (queue, minute, task_type)
) WITH (fillfactor = 70);
CREATE INDEX rollup_minute ON rollup (minute);

-- The position in the log up to which events were counted, and when it moved last; null before it
-- has ever moved.
CREATE TABLE rollup_cursor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL,
  time     timestamptz
) WITH (fillfactor = 50);
INSERT INTO rollup_cursor (xid, seq) VALUES (0, 0);

-- Of the daily clean-up.
ALTER TABLE cleanup_run ADD COLUMN rollups bigint NOT NULL DEFAULT 0;
