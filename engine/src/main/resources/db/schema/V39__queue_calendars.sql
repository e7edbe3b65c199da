-- Queues that start tasks only while a market is in session; a queue without a calendar has no row.
-- open_from and open_until are the session that was found last, in which a claim asks nobody; null
-- where that has to be found anew. due: when the next session opens, while the head waits for that.
CREATE TABLE queue_calendar (
  queue      int PRIMARY KEY REFERENCES queue (id),
  calendar   text COLLATE "C" NOT NULL,
  open_from  timestamptz,
  open_until timestamptz,
  due        timestamptz
) WITH (fillfactor = 50);
