-- How queues order their tasks: what a level of priority is worth in waiting (null: a higher priority
-- always goes first), what must be durable before the next start, and what an ordering key does
-- while its head waits for a retry.
ALTER TABLE queue
  ADD COLUMN aging_ms   bigint,
  ADD COLUMN durability smallint NOT NULL DEFAULT 1,
  ADD COLUMN key_retry  smallint NOT NULL DEFAULT 1;
