-- What lists are found by. On task itself stand only indexes on what never changes after the
-- creation (a priority may, rarely), so that every move stays a HOT update. What has ended stands in
-- task_end, as what waits, is due and runs stands in its own small table; it is written once.

CREATE INDEX task_create_time ON task (create_time, id);
CREATE INDEX task_queue ON task (queue, id);
CREATE INDEX task_task_type ON task (task_type, id);
CREATE INDEX task_priority ON task (priority, id);
CREATE INDEX task_due_task ON task_due (task);

-- One row for each label of a task, so that the newest tasks with a label are found in their order.
CREATE TABLE task_label (
  key   text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  task  bigint NOT NULL,
  PRIMARY KEY (key, value, task)
);
INSERT INTO task_label (key, value, task)
SELECT l.key, l.value, k.id FROM task k, jsonb_each_text(k.labels) l;

-- What has ended, with the failure that it shows.
CREATE TABLE task_end (
  queue        int NOT NULL,
  state        smallint NOT NULL,
  task         bigint NOT NULL,
  end_time     timestamptz NOT NULL,
  failure_code text COLLATE "C",
  PRIMARY KEY (queue, state, task)
);
CREATE INDEX task_end_time ON task_end (queue, state, end_time, task);
CREATE INDEX task_end_failure ON task_end (failure_code, task) WHERE failure_code IS NOT NULL;
CREATE INDEX task_end_failure_time ON task_end (failure_code, end_time, task)
  WHERE failure_code IS NOT NULL;
INSERT INTO task_end (queue, state, task, end_time, failure_code)
SELECT queue, state, id, end_time, failure_code FROM task WHERE end_time IS NOT NULL;

-- Final part of the name of the task that this one is a copy of.
ALTER TABLE task ADD COLUMN retry_of text COLLATE "C";

ALTER TABLE dead_letter
  ADD COLUMN task_type        text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN fingerprint      text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN replay_count     int NOT NULL DEFAULT 0,
  ADD COLUMN replay_principal text,
  ADD COLUMN replay_reason    text,
  ADD COLUMN replay_time      timestamptz;
UPDATE dead_letter d SET task_type = k.task_type FROM task k WHERE k.id = d.task;
ALTER TABLE dead_letter ALTER COLUMN task_type DROP DEFAULT;
ALTER TABLE dead_letter ALTER COLUMN fingerprint DROP DEFAULT;
CREATE INDEX dead_letter_create_time ON dead_letter (create_time, task);
CREATE INDEX dead_letter_queue ON dead_letter (queue, create_time, task);
CREATE INDEX dead_letter_failure ON dead_letter (failure_code, create_time, task);
CREATE INDEX dead_letter_fingerprint ON dead_letter (fingerprint, create_time, task);
CREATE INDEX dead_letter_task_type ON dead_letter (task_type, create_time, task);
