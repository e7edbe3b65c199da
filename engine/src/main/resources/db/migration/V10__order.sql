-- How queues order their tasks: what a level of priority is worth in waiting (null: a higher priority
-- always goes first), what must be durable before the next start, and what an ordering key does
-- while its head waits for a retry.
ALTER TABLE queue
  ADD COLUMN aging_ms   bigint,
  ADD COLUMN durability smallint NOT NULL DEFAULT 1,
  ADD COLUMN key_retry  smallint NOT NULL DEFAULT 1;

-- Order: the place of a task in its queue, a constant from its creation on, unless its priority or
-- the queue's policy changes (see task_order_key). Waiting for a key: the task may not be claimed
-- before the key's turn comes to it.
ALTER TABLE task
  ADD COLUMN order_key    bigint NOT NULL DEFAULT 0,
  ADD COLUMN ordering_key text COLLATE "C",
  ADD COLUMN key_waits    boolean NOT NULL DEFAULT false;
UPDATE task SET order_key = -priority WHERE state < 8;

-- As io.tasklane.queue.QueuePolicy.orderKey has it; a test compares the two.
CREATE FUNCTION task_order_key(priority smallint, create_time timestamptz, aging_ms bigint)
RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN aging_ms IS NULL THEN -priority
    ELSE floor(extract(epoch FROM create_time) * 1000)::bigint - (priority - 1) * aging_ms END
$$;

-- How far the search for tasks whose place has changed with their queue's policy has come.
CREATE TABLE queue_rekey (
  queue int PRIMARY KEY REFERENCES queue (id),
  task  bigint NOT NULL
);

-- One row for each ordering key that an unfinished task has: whose turn it is. Locked by whoever
-- enters the line, leaves it, or passes the turn on.
CREATE TABLE ordering_gate (
  key  text COLLATE "C" PRIMARY KEY,
  turn bigint -- null while all who are in the line rest
) WITH (fillfactor = 50);

-- The unfinished tasks of each key. The order is that of creation: the key of a task is drawn while
-- the gate is locked.
CREATE TABLE ordering_line (
  key     text COLLATE "C" NOT NULL,
  task    bigint NOT NULL,
  resting boolean NOT NULL DEFAULT false, -- it waits for a retry and has let the next pass
  PRIMARY KEY (key, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- What is QUEUED and must not be claimed: it waits for its key's turn.
CREATE TABLE task_aside (
  queue     int NOT NULL,
  task      bigint NOT NULL,
  rank      smallint NOT NULL,
  order_key bigint NOT NULL,
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
