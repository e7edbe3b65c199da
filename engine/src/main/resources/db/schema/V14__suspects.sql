-- What tells a task that kills its node from those that only ran beside it (docs/adr/0024).

-- Of lost_count, those losses at which nothing else ran on the node.
ALTER TABLE task ADD COLUMN lost_alone_count smallint NOT NULL DEFAULT 0;

-- The last start of the node that has begun to stop in order: its runs are not lost.
ALTER TABLE node_lease ADD COLUMN stopping bigint;

-- Tasks that have lost a run, until they have run for 30 s or have ended. Nearly always empty, which
-- is all that a claim asks. token is of the lost run; alone says whether nothing ran beside that,
-- decided for all runs of a node at once, before the first of its queues is taken. told: the others
-- know that they need not wait any more.
CREATE TABLE task_suspect (
  task  bigint PRIMARY KEY,
  queue int NOT NULL,
  token bigint NOT NULL,
  alone boolean NOT NULL,
  told  boolean NOT NULL DEFAULT false,
  since timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
