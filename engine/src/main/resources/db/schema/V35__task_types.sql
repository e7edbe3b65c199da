-- Task types, known from their first registration on, whether anything serves them or not.

-- What a type states; null where it states nothing. Of two definitions the one of the higher revision
-- holds (io.tasklane.tasktype.TypeRegistration). An empty list of queues: all accept it.
CREATE TABLE task_type (
  name               text COLLATE "C" PRIMARY KEY,
  revision           bigint NOT NULL,
  queues             text[] NOT NULL,
  description        text NOT NULL,
  input_schema       text NOT NULL,
  maximum_attempts   smallint,
  initial_backoff_ms bigint,
  backoff_multiplier double precision,
  maximum_backoff_ms bigint,
  jitter             double precision,
  permanent_codes    text[],
  attempt_timeout_ms bigint,
  queue_timeout_ms   bigint,
  total_timeout_ms   bigint,
  cancel_grace_ms    bigint,
  create_time        timestamptz NOT NULL,
  update_time        timestamptz NOT NULL
) WITH (fillfactor = 70);
