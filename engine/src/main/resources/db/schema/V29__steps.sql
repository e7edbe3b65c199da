-- Steps of tasks: their results, what failed, and until when they wait. Written under the lease of a
-- run, whose token they name; 0 where a copy of the task took them over.
CREATE TABLE task_step (
  task            bigint NOT NULL,
  name            text COLLATE "C" NOT NULL,
  number          smallint NOT NULL, -- in the order of the first records
  kind            smallint NOT NULL, -- 1 body, 2 sleep, 3 event
  state           smallint NOT NULL, -- 1 waiting, 2 between two tries, 3 succeeded, 4 failed
  attempt         smallint NOT NULL, -- that recorded it last
  failed_tries    smallint NOT NULL DEFAULT 0,
  outside         boolean NOT NULL DEFAULT false, -- the result is the artifact that it names
  token           bigint NOT NULL,
  start_time      timestamptz NOT NULL,
  end_time        timestamptz,
  due             timestamptz,
  result_bytes    int NOT NULL DEFAULT 0,
  failure_kind    smallint,
  failure_code    text,
  failure_message text,
  result_type     text,
  result          bytea,
  PRIMARY KEY (task, name)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX task_step_number ON task_step (task, number);

-- Artifacts that results of steps name, beside those of artifact_use.
CREATE TABLE step_artifact_use (
  task     bigint NOT NULL,
  step     text COLLATE "C" NOT NULL,
  artifact text COLLATE "C" NOT NULL REFERENCES artifact (sha256),
  PRIMARY KEY (task, step)
);
CREATE INDEX step_artifact_use_artifact ON step_artifact_use (artifact);

-- Steps that wait for events, and since which transaction: later events count.
CREATE TABLE step_wait (
  task       bigint NOT NULL,
  step       text COLLATE "C" NOT NULL,
  event_type text COLLATE "C" NOT NULL, -- exact, or a prefix that ends in ".*"
  condition  text NOT NULL,             -- CEL; empty for any event
  xid        bigint NOT NULL,
  due        timestamptz NOT NULL,
  PRIMARY KEY (task, step)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX step_wait_type ON step_wait (event_type);
CREATE INDEX step_wait_due ON step_wait (due);

-- The position in the log up to which steps were told. While none waits it stands still.
CREATE TABLE step_cursor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL
);
INSERT INTO step_cursor (xid, seq) VALUES (0, 0);

-- How long the present attempt ran before its steps put it to sleep; null for never.
ALTER TABLE task ADD COLUMN ran_ms bigint;
