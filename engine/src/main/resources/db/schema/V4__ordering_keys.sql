-- One row for each ordering key that an unfinished task has: which of them may run. Locked by
-- whoever enters the line, leaves it, or lets the next one run.
CREATE TABLE ordering_gate (
  key  text COLLATE "C" PRIMARY KEY,
  turn bigint -- the task that may run; null while all that are in the line rest
) WITH (fillfactor = 50);

-- The unfinished tasks of each key. The order is that of creation: the key of a task is drawn while
-- the gate is locked.
CREATE TABLE ordering_line (
  key     text COLLATE "C" NOT NULL,
  task    bigint NOT NULL,
  resting boolean NOT NULL DEFAULT false, -- it waits for a retry and has let the next pass
  PRIMARY KEY (key, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
