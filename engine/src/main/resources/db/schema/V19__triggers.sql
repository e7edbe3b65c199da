-- Triggers: events that start workflows. The position up to which the log was looked at, the windows
-- that are open, the counts and the starts move in one transaction, so each event is in exactly one
-- start, whichever node looks and however it ends.
CREATE TABLE event_trigger (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name              text COLLATE "C" NOT NULL UNIQUE,
  definition        text NOT NULL,          -- JSON, see io.tasklane.trigger.TriggerJson
  disabled          boolean NOT NULL,
  disable_principal text,
  disable_reason    text,
  version           int NOT NULL DEFAULT 1, -- of what clients change
  since_xid         bigint NOT NULL,        -- events of later transactions count
  move_xid          bigint NOT NULL,        -- the transaction of the last change by a client
  event_count       bigint NOT NULL DEFAULT 0,
  start_count       bigint NOT NULL DEFAULT 0,
  fault_count       bigint NOT NULL DEFAULT 0,
  loop_count        bigint NOT NULL DEFAULT 0,
  failure_kind      int,
  failure_code      text,
  failure_message   text,
  failure_trace     text,
  failure_time      timestamptz,
  last_start_time   timestamptz
) WITH (fillfactor = 50);

-- Events that are merged, with the definition under which that began. Of a trigger that is gone or
-- disabled the end is -infinity: it starts at once.
CREATE TABLE trigger_window (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  trigger_id bigint NOT NULL,
  version    int NOT NULL,
  name       text NOT NULL,
  definition text NOT NULL,
  merge_key  text NOT NULL,
  end_time   timestamptz NOT NULL,
  is_full    boolean NOT NULL
);
CREATE INDEX trigger_window_end ON trigger_window (end_time);
CREATE INDEX trigger_window_trigger ON trigger_window (trigger_id);

-- The event is kept whole: the log may drop it before a long window ends.
CREATE TABLE trigger_window_event (
  window_id  bigint NOT NULL,
  position   int NOT NULL,
  revision   bigint NOT NULL,
  event_type text NOT NULL,
  time       timestamptz NOT NULL,
  event      text NOT NULL,                 -- JSON, as expressions see it
  causation  text NOT NULL,                 -- JSON, see CausationJson
  size       bigint NOT NULL,
  PRIMARY KEY (window_id, position)
);

-- Which event has started what. The key is what makes a start one and the same on every node.
CREATE TABLE trigger_start (
  trigger_id bigint NOT NULL,
  revision   bigint NOT NULL,
  workflow   text COLLATE "C" NOT NULL,
  time       timestamptz NOT NULL,
  PRIMARY KEY (trigger_id, revision)
);
CREATE INDEX trigger_start_time ON trigger_start (time);

-- The position in the log up to which triggers were asked. While none is enabled it stands still.
CREATE TABLE trigger_cursor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL
);
INSERT INTO trigger_cursor (xid, seq) VALUES (0, 0);

-- Why a workflow runs: how often each trigger stands in the chain of its causes.
ALTER TABLE workflow ADD COLUMN causation text;

-- Of the daily clean-up.
ALTER TABLE cleanup_run ADD COLUMN trigger_starts bigint NOT NULL DEFAULT 0;
