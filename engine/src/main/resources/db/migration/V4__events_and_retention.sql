-- Events that somebody published are of kind 4, with a type and perhaps an id that Tasklane did not
-- choose; kind 5 tells how many ended tasks of a queue (version) were removed in a state (to_state).
ALTER TABLE task_event ADD COLUMN event_type text COLLATE "C";
ALTER TABLE task_event ADD COLUMN event_id text COLLATE "C";

-- What producers outside have published under ids of their own, as long as the event is kept.
CREATE TABLE published_event (
  principal text COLLATE "C" NOT NULL,
  event_id  text COLLATE "C" NOT NULL,
  revision  bigint NOT NULL,
  time      timestamptz NOT NULL,
  PRIMARY KEY (principal, event_id)
);
CREATE INDEX published_event_time ON published_event (time);

-- The position up to which the log is gone, written in the very transaction that removes it. A
-- reader that is behind it is told so.
CREATE TABLE event_floor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL
);
INSERT INTO event_floor (xid, seq) VALUES (0, 0);

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

CREATE INDEX request_log_time ON request_log (create_time);
