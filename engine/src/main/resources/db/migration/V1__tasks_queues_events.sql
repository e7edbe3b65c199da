-- The truth. Only the store package writes these tables; docs/adr says why they look as they do.
-- No index on task.state: it would make every change of state a non-HOT update. What waits stands
-- in task_ready, what is due in task_due, what runs in task_lease.

CREATE SEQUENCE task_seq;      -- key and order of creation
CREATE SEQUENCE fencing_token; -- one for all queues
CREATE SEQUENCE event_seq;

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
  result_ttl_ms      bigint NOT NULL,
  create_time        timestamptz NOT NULL DEFAULT clock_timestamp()
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

CREATE TABLE node_lease (
  node        text PRIMARY KEY,
  incarnation bigint NOT NULL,
  renewal_no  bigint NOT NULL,
  dead        boolean NOT NULL,
  host        text NOT NULL,
  lock_file   text NOT NULL,
  start_time  timestamptz NOT NULL,
  renew_time  timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE task (
  id                  bigint PRIMARY KEY,
  move_xid            bigint NOT NULL, -- transaction of the last move; a move in an older one is refused
  create_time         timestamptz NOT NULL,
  state_time          timestamptz NOT NULL,
  start_time          timestamptz,
  end_time            timestamptz,
  next_attempt_time   timestamptz,
  result_expire_time  timestamptz,
  fencing_token       bigint NOT NULL DEFAULT 0,
  revision            bigint NOT NULL,
  initial_backoff_ms  bigint NOT NULL,
  maximum_backoff_ms  bigint NOT NULL,
  backoff_multiplier  double precision NOT NULL,
  jitter              double precision NOT NULL,
  attempt_timeout_ms  bigint NOT NULL,
  result_ttl_ms       bigint NOT NULL,
  queue               int NOT NULL REFERENCES queue (id),
  version             int NOT NULL,
  state               smallint NOT NULL,
  priority            smallint NOT NULL CHECK (priority BETWEEN 1 AND 10),
  attempt             smallint NOT NULL DEFAULT 0,
  lost_count          smallint NOT NULL DEFAULT 0,
  maximum_attempts    smallint NOT NULL,
  failure_kind        smallint,
  result_partial      boolean NOT NULL DEFAULT false,
  name                text COLLATE "C" NOT NULL CONSTRAINT task_name UNIQUE,
  task_type           text COLLATE "C" NOT NULL,
  input_type          text NOT NULL,
  input               bytea NOT NULL,
  create_principal    text NOT NULL,
  node                text,
  permanent_codes     text[],
  labels              jsonb,
  progress            jsonb,
  cancel_principal    text,
  cancel_reason       text,
  cancel_forced       boolean NOT NULL DEFAULT false,
  failure_code        text,
  failure_message     text,
  failure_trace       text,
  failure_time        timestamptz,
  result_type         text,
  result              bytea
) WITH (fillfactor = 50);

-- What waits, in the order in which it runs: interrupted work (rank 0), then order key, then creation.
CREATE TABLE task_ready (
  queue     int NOT NULL,
  rank      smallint NOT NULL,
  order_key bigint NOT NULL,
  task      bigint NOT NULL,
  PRIMARY KEY (queue, rank, order_key, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- What is due later.
CREATE TABLE task_due (
  due  timestamptz NOT NULL,
  task bigint NOT NULL,
  PRIMARY KEY (due, task)
);

-- What runs. Slots are counted from these rows, never from a counter.
CREATE TABLE task_lease (
  queue       int NOT NULL,
  task        bigint NOT NULL,
  node        text NOT NULL,
  incarnation bigint NOT NULL,
  token       bigint NOT NULL,
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

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

CREATE TABLE dead_letter (
  task         bigint PRIMARY KEY,
  queue        int NOT NULL,
  failure_code text NOT NULL,
  create_time  timestamptz NOT NULL
);

-- Append-only; read in the order (xid, seq), below the oldest transaction that still runs.
CREATE TABLE task_event (
  xid        bigint NOT NULL,
  seq        bigint NOT NULL,
  time       timestamptz NOT NULL,
  since      timestamptz,
  task       bigint,
  queue      int,
  kind       smallint NOT NULL, -- 1 task moved, 2 task progressed, 3 queue changed
  move       smallint,
  from_state smallint,
  to_state   smallint,
  attempt    smallint,
  priority   smallint,
  version    int,
  subject    text COLLATE "C" NOT NULL,
  task_type  text,
  actor      text,
  data       text
) PARTITION BY RANGE (time);
CREATE INDEX task_event_position ON task_event (xid, seq);
-- The net for a day whose partition nobody made.
CREATE TABLE task_event_rest PARTITION OF task_event DEFAULT;

CREATE TABLE request_log (
  principal   text COLLATE "C" NOT NULL,
  method      text COLLATE "C" NOT NULL,
  request_id  text COLLATE "C" NOT NULL,
  body_hash   bytea NOT NULL,
  response    bytea NOT NULL,
  create_time timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (principal, method, request_id)
);

-- What trading handlers remember between tasks, fenced by the token of the run that wrote it.
CREATE TABLE trading_state (
  key           text COLLATE "C" PRIMARY KEY,
  value         text NOT NULL,
  fencing_token bigint NOT NULL,
  update_time   timestamptz NOT NULL
);
