-- Tasks, and the small tables that say where a task is. There is no index on task.state: it would
-- make every change of state a non-HOT update. What waits is in task_ready, task_aside, task_due and
-- task_blocked, what runs in task_lease, what has ended in task_end.

CREATE SEQUENCE task_seq;      -- key and order of creation
CREATE SEQUENCE fencing_token; -- one for all queues

-- The columns that never change after the creation come first, those that a move changes last: an
-- update on the same page logs only what lies between the first and the last byte that differ
-- (docs/adr/0023). Of the first group an update of the task may rarely change some.
--
-- order_key is the place of a task in its queue (see task_order_key). unmet counts needed tasks that
-- have not ended; needed says whether any task_need names this one; key_waits: it may not be claimed
-- before its ordering key is free. move_xid is the transaction of the last move: a move in an older
-- one is refused. total_deadline is set by the first claim. listeners are the features that take part
-- in the command that ends the task, one bit each.
CREATE TABLE task (
  id                  bigint PRIMARY KEY,
  create_time         timestamptz NOT NULL,
  run_after           timestamptz,
  expire_time         timestamptz,
  order_key           bigint NOT NULL DEFAULT 0,
  initial_backoff_ms  bigint NOT NULL,
  maximum_backoff_ms  bigint NOT NULL,
  backoff_multiplier  double precision NOT NULL,
  jitter              double precision NOT NULL,
  attempt_timeout_ms  bigint NOT NULL,
  queue_timeout_ms    bigint,
  total_timeout_ms    bigint,
  cancel_grace_ms     bigint,
  result_ttl_ms       bigint NOT NULL,
  queue               int NOT NULL,
  listeners           int NOT NULL DEFAULT 0,
  priority            smallint NOT NULL CHECK (priority BETWEEN 1 AND 10),
  maximum_attempts    smallint NOT NULL,
  preemptible         boolean NOT NULL DEFAULT false,
  name                text COLLATE "C" NOT NULL CONSTRAINT task_name UNIQUE,
  task_type           text COLLATE "C" NOT NULL,
  input_type          text NOT NULL,
  create_principal    text NOT NULL,
  ordering_key        text COLLATE "C",
  deduplication_key   text COLLATE "C",
  retry_of            text COLLATE "C", -- final part of the name of the task that this one copies
  permanent_codes     text[],
  labels              jsonb,
  dependencies        jsonb, -- as they were asked for
  resource_units      jsonb, -- as they were asked for
  input               bytea NOT NULL,

  state_time          timestamptz NOT NULL,
  move_xid            bigint NOT NULL,
  revision            bigint NOT NULL,
  fencing_token       bigint NOT NULL DEFAULT 0,
  start_time          timestamptz,
  end_time            timestamptz,
  next_attempt_time   timestamptz,
  result_expire_time  timestamptz,
  total_deadline      timestamptz,
  version             int NOT NULL,
  state               smallint NOT NULL,
  attempt             smallint NOT NULL DEFAULT 0,
  lost_count          smallint NOT NULL DEFAULT 0,
  unmet               smallint NOT NULL DEFAULT 0,
  failure_kind        smallint,
  needed              boolean NOT NULL DEFAULT false,
  key_waits           boolean NOT NULL DEFAULT false,
  result_partial      boolean NOT NULL DEFAULT false,
  cancel_forced       boolean NOT NULL DEFAULT false,
  node                text,
  progress            jsonb,
  cancel_principal    text,
  cancel_reason       text,
  failure_code        text,
  failure_message     text,
  failure_trace       text,
  failure_time        timestamptz,
  result_type         text,
  result              bytea
) WITH (fillfactor = 50);

-- What lists are found by, beside the key and the name. The kinds of tasks are few, so a list of one
-- queue, type or priority merges those kinds that it consists of.
CREATE INDEX task_create_time ON task (create_time, id);
CREATE INDEX task_kind ON task (queue, task_type, priority, id);

-- As io.tasklane.queue.QueuePolicy.orderKey has it; a test compares the two.
CREATE FUNCTION task_order_key(priority smallint, create_time timestamptz, aging_ms bigint)
RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN aging_ms IS NULL THEN -priority
    ELSE floor(extract(epoch FROM create_time) * 1000)::bigint - (priority - 1) * aging_ms END
$$;

-- What waits, in the order in which it runs: interrupted work (rank 0), then order key, then creation.
CREATE TABLE task_ready (
  queue     int NOT NULL,
  rank      smallint NOT NULL,
  order_key bigint NOT NULL,
  task      bigint NOT NULL,
  PRIMARY KEY (queue, rank, order_key, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- What is QUEUED and must not be claimed: it waits for its ordering key, or for units of a resource.
CREATE TABLE task_aside (
  queue     int NOT NULL,
  task      bigint NOT NULL,
  rank      smallint NOT NULL,
  order_key bigint NOT NULL,
  resource  int, -- null: for its ordering key
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX task_aside_resource ON task_aside (resource, queue, rank, order_key, task)
  WHERE resource IS NOT NULL;

-- What is due later: SCHEDULED and RETRY_WAIT.
CREATE TABLE task_due (
  due  timestamptz NOT NULL,
  task bigint NOT NULL,
  PRIMARY KEY (due, task)
);
CREATE INDEX task_due_task ON task_due (task);

-- What is BLOCKED.
CREATE TABLE task_blocked (
  queue int NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- What runs. Slots are counted from these rows, never from a counter.
CREATE TABLE task_lease (
  queue       int NOT NULL,
  task        bigint NOT NULL,
  node        text NOT NULL,
  incarnation bigint NOT NULL,
  token       bigint NOT NULL,
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- What has ended, with the failure that it shows.
CREATE TABLE task_end (
  queue        int NOT NULL,
  state        smallint NOT NULL,
  task         bigint NOT NULL,
  end_time     timestamptz NOT NULL,
  failure_code text COLLATE "C",
  PRIMARY KEY (queue, state, task)
);
CREATE INDEX task_end_time ON task_end (queue, state, end_time, task);
CREATE INDEX task_end_failure ON task_end (failure_code, task) WHERE failure_code IS NOT NULL;
CREATE INDEX task_end_failure_time ON task_end (failure_code, end_time, task)
  WHERE failure_code IS NOT NULL;

-- By when to look whether the time of a task is over; its own row says so. A limit that begins
-- later, with the release or the first start, costs those moves nothing.
CREATE TABLE task_deadline (
  due  timestamptz NOT NULL,
  task bigint NOT NULL,
  PRIMARY KEY (due, task)
);
CREATE INDEX task_deadline_task ON task_deadline (task);

-- The unfinished task of each business identity.
CREATE TABLE task_deduplication (
  queue int NOT NULL,
  key   text COLLATE "C" NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (queue, key)
);

-- One row for each label of a task, so that the newest tasks with a label are found in their order.
CREATE TABLE task_label (
  key   text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (key, value, task)
);

-- Runs that have ended, but a last one that succeeded and logged nothing: the task says all that
-- such a row would (io.tasklane.task.list.AttemptReader).
CREATE TABLE task_attempt (
  task            bigint NOT NULL,
  token           bigint NOT NULL,
  number          smallint NOT NULL,
  node            text NOT NULL,
  start_time      timestamptz NOT NULL,
  end_time        timestamptz NOT NULL,
  failure_kind    smallint,
  failure_code    text,
  failure_message text,
  failure_trace   text,
  log             text,
  PRIMARY KEY (task, token)
);

-- How far a run had come when it last said so, for the run after it. Fenced by the run's token.
CREATE TABLE task_checkpoint (
  task         bigint PRIMARY KEY,
  token        bigint NOT NULL,
  content_type text NOT NULL,
  body         bytea NOT NULL
);
