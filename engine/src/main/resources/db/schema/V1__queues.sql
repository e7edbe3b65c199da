-- Queues, who owns them, and the nodes of the system. Only the engine writes these tables, and those
-- of the other files; docs/adr says why they look as they do.

-- What must be durable before the next task starts (durability), whom a queue takes new tasks from
-- (intake: 1 everybody, 2 only runs because it drains, 3 nobody because it is deleted), and what a
-- level of priority is worth in waiting (aging_ms; null: a higher priority always goes first).
--
-- A command that creates tasks holds the row shared, and who changes the intake waits for it: see
-- docs/adr/0007. The row is never removed; that of a deleted queue stays for its name and for the
-- tasks that ended in it.
CREATE TABLE queue (
  id                 int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name               text COLLATE "C" NOT NULL UNIQUE,
  maximum_attempts   smallint NOT NULL,
  initial_backoff_ms bigint NOT NULL,
  backoff_multiplier double precision NOT NULL,
  maximum_backoff_ms bigint NOT NULL,
  jitter             double precision NOT NULL,
  permanent_codes    text[],
  attempt_timeout_ms bigint NOT NULL,
  queue_timeout_ms   bigint,
  total_timeout_ms   bigint,
  cancel_grace_ms    bigint,
  result_ttl_ms      bigint NOT NULL,
  aging_ms           bigint,
  durability         smallint NOT NULL DEFAULT 1,
  key_retry          smallint NOT NULL DEFAULT 1,
  intake             smallint NOT NULL DEFAULT 1,
  create_time        timestamptz NOT NULL DEFAULT clock_timestamp(),
  delete_time        timestamptz
);

-- The one row that appoints: every claim locks it, and every change of who may claim updates it.
CREATE TABLE queue_owner (
  queue           int PRIMARY KEY REFERENCES queue (id),
  state           smallint NOT NULL,
  concurrency     int NOT NULL CHECK (concurrency >= 1),
  node            text,
  incarnation     bigint,
  epoch           bigint NOT NULL DEFAULT 0,
  bid_node        text,
  bid_incarnation bigint,
  pause_principal text,
  pause_reason    text,
  pause_time      timestamptz,
  version         int NOT NULL DEFAULT 1
) WITH (fillfactor = 50);

-- How far the search for tasks has come whose place has changed with their queue's policy.
CREATE TABLE queue_rekey (
  queue int PRIMARY KEY REFERENCES queue (id),
  task  bigint NOT NULL
);

-- lock_id is the very file that a node holds locked, by device and inode: two containers of one
-- machine may have different files at the same path.
CREATE TABLE node_lease (
  node        text PRIMARY KEY,
  incarnation bigint NOT NULL,
  renewal_no  bigint NOT NULL,
  dead        boolean NOT NULL,
  host        text NOT NULL,
  lock_file   text NOT NULL,
  start_time  timestamptz NOT NULL,
  renew_time  timestamptz NOT NULL,
  lock_id     text NOT NULL DEFAULT ''
) WITH (fillfactor = 50);
