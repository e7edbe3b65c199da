-- The number of the last transaction that each writer has committed: what became of one whose answer
-- was lost is read here. A writer is a node's committer from its start to its end.
CREATE TABLE commit_mark (
  writer bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch  bigint NOT NULL,
  time   timestamptz NOT NULL
) WITH (fillfactor = 10);

-- The first answers to requests that carried a request_id, for a day.
--
-- The key is a hash of principal, method and request_id, because nothing reads these apart
-- (io.tasklane.commit.IdempotentRequest). Revision and create time are those of a task that was
-- created with its answer in one statement: PostgreSQL gave them when the answer's bytes were written
-- already, so they belong into these. There is no index on the time: the clean-up reads the whole
-- table once a day.
CREATE TABLE request_log (
  key         uuid PRIMARY KEY,
  create_time timestamptz NOT NULL DEFAULT clock_timestamp(),
  revision    bigint,
  body_hash   bytea NOT NULL,
  response    bytea NOT NULL
);
