-- The event log: append-only, read in the order (xid, seq), below the oldest transaction that still
-- runs.

CREATE SEQUENCE event_seq;

-- Kinds: 1 a task moved, 2 a task progressed, 3 a queue changed, 4 somebody published an event, with
-- a type and perhaps an id that Tasklane did not choose; 5 how many ended tasks of a queue (version)
-- were removed in a state (to_state).
CREATE TABLE task_event (
  xid        bigint NOT NULL,
  seq        bigint NOT NULL,
  time       timestamptz NOT NULL,
  since      timestamptz,
  task       bigint,
  queue      int,
  kind       smallint NOT NULL,
  move       smallint,
  from_state smallint,
  to_state   smallint,
  attempt    smallint,
  priority   smallint,
  version    int,
  subject    text COLLATE "C" NOT NULL,
  task_type  text,
  actor      text,
  data       text,
  event_type text COLLATE "C",
  event_id   text COLLATE "C"
) PARTITION BY RANGE (time);
CREATE INDEX task_event_position ON task_event (xid, seq);
-- For a day whose partition nobody made.
CREATE TABLE task_event_rest PARTITION OF task_event DEFAULT;

-- What external producers have published under ids of their own, as long as the event is kept.
CREATE TABLE published_event (
  principal text COLLATE "C" NOT NULL,
  event_id  text COLLATE "C" NOT NULL,
  revision  bigint NOT NULL,
  time      timestamptz NOT NULL,
  PRIMARY KEY (principal, event_id)
);
CREATE INDEX published_event_time ON published_event (time);

-- The position up to which the log has been removed, written in the very transaction that removes
-- it: a reader with an older position gets an error.
CREATE TABLE event_floor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL
);
INSERT INTO event_floor (xid, seq) VALUES (0, 0);
