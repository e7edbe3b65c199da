-- What limits queues beside their concurrency. A queue without such a limit has no row here: its
-- claims find its number in no list, and its creations ask for nothing.

-- Most starts within a period. due: when the next start is allowed, while the head waits for that.
CREATE TABLE queue_rate (
  queue     int PRIMARY KEY REFERENCES queue (id),
  permits   int NOT NULL CHECK (permits >= 1),
  period_ms bigint NOT NULL CHECK (period_ms >= 1),
  due       timestamptz
) WITH (fillfactor = 50);

-- The last starts of each queue with a rate limit, numbered without gaps; as many as it has
-- permits. So the one that decides is found by its number, however many there are.
CREATE TABLE queue_start (
  queue  int NOT NULL,
  number bigint NOT NULL,
  time   timestamptz NOT NULL,
  PRIMARY KEY (queue, number)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- Most tasks that may be QUEUED. room: how many more were allowed when they were counted last, less
-- those created since. Such a queue has the intake 4 instead of 1, so that only its creations look
-- here; they hold the row, so no two of them take the same room.
CREATE TABLE queue_depth (
  queue      int PRIMARY KEY REFERENCES queue (id),
  maximum    bigint NOT NULL CHECK (maximum >= 1),
  room       bigint NOT NULL DEFAULT 0,
  count_time timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
