-- Tasks that failed for good, until somebody discards them.
CREATE TABLE dead_letter (
  task             bigint PRIMARY KEY,
  queue            int NOT NULL,
  failure_code     text NOT NULL,
  create_time      timestamptz NOT NULL,
  task_type        text COLLATE "C" NOT NULL,
  fingerprint      text COLLATE "C" NOT NULL,
  replay_count     int NOT NULL DEFAULT 0,
  replay_principal text,
  replay_reason    text,
  replay_time      timestamptz
);
CREATE INDEX dead_letter_create_time ON dead_letter (create_time, task);
CREATE INDEX dead_letter_queue ON dead_letter (queue, create_time, task);
CREATE INDEX dead_letter_failure ON dead_letter (failure_code, create_time, task);
CREATE INDEX dead_letter_fingerprint ON dead_letter (fingerprint, create_time, task);
CREATE INDEX dead_letter_task_type ON dead_letter (task_type, create_time, task);
