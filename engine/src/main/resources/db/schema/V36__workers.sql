-- Workers outside the servers, and the tasks that are offered to them.

-- One row for each worker process, kept for an hour after its end. What never changes comes first.
-- task_types and queues (none: all) are names, which need not exist yet. credits: offers that it can
-- take now. node: where its stream ends; null while it has none. stream: number of its last stream,
-- which fences what comes over an older one. renewal_no grows while it is heard of: see
-- io.tasklane.worker.WorkerLeases. last_offer: token of its last offer, so that offers go round.
-- state: 1 living, 3 draining, 4 lost, 5 stopped, as in io.tasklane.worker.Worker.
CREATE TABLE worker (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name            text COLLATE "C" NOT NULL UNIQUE,
  start_time      timestamptz NOT NULL,
  host            text NOT NULL,
  version         text NOT NULL,
  queues          text[] NOT NULL,
  task_types      text[] NOT NULL,
  slots           int NOT NULL CHECK (slots >= 1),
  state           smallint NOT NULL,
  credits         int NOT NULL DEFAULT 0,
  stream          bigint NOT NULL,
  renewal_no      bigint NOT NULL DEFAULT 1,
  last_offer      bigint NOT NULL DEFAULT 0,
  memory_bytes    bigint NOT NULL DEFAULT 0,
  cpu_load        double precision NOT NULL DEFAULT 0,
  heartbeat_time  timestamptz NOT NULL,
  end_time        timestamptz,
  node            text,
  drain_principal text,
  drain_reason    text
) WITH (fillfactor = 50);
CREATE INDEX worker_living ON worker (id) WHERE state <= 3;

-- The worker that holds the lease; null: the node itself. Its leases do not end with a node.
ALTER TABLE task_lease ADD COLUMN worker bigint;
CREATE INDEX task_lease_worker ON task_lease (worker) WHERE worker IS NOT NULL;

-- What is OFFERED: the task has a lease, and returns to its place at this rank unless the offer is
-- accepted. since: when the task became QUEUED, which its queue timeout counts from.
CREATE TABLE task_offer (
  task   bigint PRIMARY KEY,
  queue  int NOT NULL,
  token  bigint NOT NULL,
  worker bigint NOT NULL,
  rank   smallint NOT NULL,
  since  timestamptz NOT NULL,
  due    timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX task_offer_worker ON task_offer (worker);

-- The type of a task that stands aside because nothing serves it; and of which queues there are such.
ALTER TABLE task_aside ADD COLUMN unserved text COLLATE "C";
CREATE INDEX task_aside_unserved ON task_aside (queue, unserved, rank, order_key, task)
  WHERE unserved IS NOT NULL;
CREATE TABLE unserved (
  queue     int NOT NULL,
  task_type text COLLATE "C" NOT NULL,
  PRIMARY KEY (queue, task_type)
);

-- Queues whose heads wait for a worker with a credit.
CREATE TABLE worker_wait (
  queue int PRIMARY KEY
);

-- When a worker that served the type was heard of last, of those whose rows are gone.
ALTER TABLE task_type ADD COLUMN last_seen_time timestamptz;
