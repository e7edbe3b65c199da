-- What the daily clean-ups did.
CREATE TABLE cleanup_run (
  number           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node             text NOT NULL,
  start_time       timestamptz NOT NULL DEFAULT clock_timestamp(),
  end_time         timestamptz, -- of a run that went through to its end
  results          bigint NOT NULL DEFAULT 0,
  tasks            bigint NOT NULL DEFAULT 0,
  dead_letters     bigint NOT NULL DEFAULT 0,
  requests         bigint NOT NULL DEFAULT 0,
  event_ids        bigint NOT NULL DEFAULT 0,
  event_partitions bigint NOT NULL DEFAULT 0,
  stray_events     bigint NOT NULL DEFAULT 0, -- of the partition for days that had none
  effects          bigint NOT NULL DEFAULT 0,
  fault            text
);

-- How far the search for expired results has come, by the order of creation. Each task is looked at
-- once, when it is old enough; one that is not yet through then is looked at again by its name here.
-- So no index has to know when a task ends, which would make its last change a non-HOT update.
CREATE TABLE result_mark (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  task     bigint NOT NULL
);
INSERT INTO result_mark (task) VALUES (0);
CREATE TABLE result_later (
  task bigint PRIMARY KEY
);
