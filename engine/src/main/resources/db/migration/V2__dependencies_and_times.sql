-- What a task waits for before it is ready: other tasks, and a time.

ALTER TABLE task
  ADD COLUMN run_after         timestamptz,
  ADD COLUMN expire_time       timestamptz,
  ADD COLUMN deduplication_key text COLLATE "C",
  ADD COLUMN dependencies      jsonb,                          -- as they were asked for
  ADD COLUMN unmet             smallint NOT NULL DEFAULT 0,    -- needed tasks that have not ended
  ADD COLUMN needed            boolean NOT NULL DEFAULT false; -- whether any task_need names it

-- Who needs whom, by the one that is needed: its end is told to these. Kept until the needed task
-- is removed, so that results which an unfinished task will read are known.
CREATE TABLE task_need (
  need   bigint NOT NULL,
  task   bigint NOT NULL,
  policy smallint NOT NULL,
  PRIMARY KEY (need, task)
);

-- What is BLOCKED.
CREATE TABLE task_blocked (
  queue int NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (queue, task)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- When tasks expire that have not started by then.
CREATE TABLE task_deadline (
  due  timestamptz NOT NULL,
  task bigint NOT NULL,
  PRIMARY KEY (due, task)
);

-- The unfinished task of each business identity.
CREATE TABLE task_deduplication (
  queue int NOT NULL,
  key   text COLLATE "C" NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (queue, key)
);
