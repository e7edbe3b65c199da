-- The first answers to requests that carried a request_id, for a day.
--
-- The key is a hash of principal, method and request_id, because nothing reads these apart. Revision
-- and create time are those of a task that was created with its answer in one statement: PostgreSQL
-- gave them when the answer's bytes were written already, so they belong into these. There is no
-- index on the time: the clean-up reads the whole table once a day.
CREATE TABLE request_log_by_key (
  key         uuid NOT NULL,
  create_time timestamptz NOT NULL DEFAULT clock_timestamp(),
  revision    bigint,
  body_hash   bytea NOT NULL,
  response    bytea NOT NULL
);

-- As io.tasklane.store.IdempotentRequest has it; a test compares the two.
CREATE FUNCTION request_key(principal text, method text, request_id text) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(substr(sha256(string_agg(int4send(length(part)) || part, ''::bytea ORDER BY n)), 1, 16),
      'hex')::uuid
  FROM (VALUES (1, convert_to(principal, 'UTF8')), (2, convert_to(method, 'UTF8')),
      (3, convert_to(request_id, 'UTF8'))) AS parts (n, part)
$$;

INSERT INTO request_log_by_key (key, create_time, body_hash, response)
SELECT request_key(principal, method, request_id), create_time, substr(body_hash, 1, 16), response
FROM request_log;

DROP TABLE request_log;
ALTER TABLE request_log_by_key RENAME TO request_log;
ALTER TABLE request_log ADD PRIMARY KEY (key);
