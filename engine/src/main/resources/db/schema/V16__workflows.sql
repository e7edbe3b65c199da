-- Workflows, their nodes, and what they wait for. JSON is kept as text: jsonb would change numbers.

CREATE SEQUENCE workflow_seq; -- key and order of creation

-- What was started. It never changes. The document is what the edge was given, in its own encoding.
CREATE TABLE workflow_definition (
  id         bigint PRIMARY KEY,
  definition text NOT NULL,
  document   bytea NOT NULL
);

-- Codes of states: see io.tasklane.workflow.state. move_xid is the transaction of the last change:
-- one in an older transaction is refused, so that the log has the events of a workflow in their order.
CREATE TABLE workflow (
  id               bigint PRIMARY KEY,
  name             text COLLATE "C" NOT NULL CONSTRAINT workflow_name UNIQUE,
  definition       bigint NOT NULL,
  create_time      timestamptz NOT NULL,
  deadline_time    timestamptz,
  create_principal text NOT NULL,
  display_name     text NOT NULL,
  inputs           text NOT NULL, -- a JSON object
  labels           jsonb,
  priority         smallint NOT NULL,

  state            smallint NOT NULL,
  run              int NOT NULL,
  paused           boolean NOT NULL,
  move_xid         bigint NOT NULL,
  revision         bigint NOT NULL,
  version          int NOT NULL,
  end_time         timestamptz,
  pause_principal  text,
  pause_reason     text,
  cancel_principal text,
  cancel_reason    text,
  stop             text, -- a cause
  cause            text,
  result           text  -- an output
) WITH (fillfactor = 70);
CREATE INDEX workflow_state ON workflow (state, id);
CREATE INDEX workflow_end_time ON workflow (end_time) WHERE end_time IS NOT NULL;

-- Nodes that have started, a row for each copy. ordinal is the place of the node in the definition,
-- position that of the copy below its parent; member is false for a branch for failures. The six
-- columns from size on are the counters of those right below it.
CREATE TABLE workflow_node (
  workflow           bigint NOT NULL,
  node               text COLLATE "C" NOT NULL,
  index              int[] NOT NULL, -- of the copy, from the outermost for-each inwards
  parent             text COLLATE "C",
  parent_index       int[],
  ordinal            int NOT NULL,
  position           int NOT NULL,
  member             boolean NOT NULL,
  state              smallint NOT NULL,
  phase              smallint NOT NULL,
  run                int NOT NULL,
  stopped_from_above boolean NOT NULL,
  size               int NOT NULL,
  next               int NOT NULL,
  waiting            int NOT NULL,
  open               int NOT NULL,
  failed             int NOT NULL,
  cancelled          int NOT NULL,
  branch             int NOT NULL,  -- of a condition
  items              int NOT NULL,  -- of a for-each: how many rows of workflow_item it has
  approvers          text[],
  paused_seq         bigint,        -- in which order it was paused
  task               bigint,        -- key of its latest task
  task_name          text,
  start_time         timestamptz NOT NULL,
  end_time           timestamptz,
  stop               text,
  cause              text,
  output             text,
  PRIMARY KEY (workflow, node, index)
) WITH (fillfactor = 70);
CREATE INDEX workflow_node_child
  ON workflow_node (workflow, parent, parent_index, state, position);
CREATE INDEX workflow_node_order ON workflow_node (workflow, ordinal, index);
CREATE INDEX workflow_node_paused ON workflow_node (workflow, paused_seq)
  WHERE paused_seq IS NOT NULL;

-- The list of a for-each, an element in each row, so that a copy reads its own element only.
CREATE TABLE workflow_item (
  workflow bigint NOT NULL,
  node     text COLLATE "C" NOT NULL,
  index    int[] NOT NULL,
  position int NOT NULL,
  item     text NOT NULL,
  PRIMARY KEY (workflow, node, index, position)
);

-- Which node a task belongs to, and the run of it.
CREATE TABLE workflow_task (
  task     bigint NOT NULL,
  workflow bigint NOT NULL,
  node     text COLLATE "C" NOT NULL,
  index    int[] NOT NULL,
  run      int NOT NULL,
  PRIMARY KEY (task, workflow, node, index)
);
CREATE INDEX workflow_task_workflow ON workflow_task (workflow);

-- What is due: timers and waits of nodes, and the time limit of a workflow (without a node).
CREATE TABLE workflow_timer (
  due      timestamptz NOT NULL,
  workflow bigint NOT NULL,
  node     text COLLATE "C",
  index    int[] NOT NULL,
  run      int NOT NULL
);
CREATE INDEX workflow_timer_due ON workflow_timer (due);
CREATE INDEX workflow_timer_workflow ON workflow_timer (workflow);

-- Which nodes wait for events of which type, and since which transaction: later events count.
CREATE TABLE workflow_wait (
  workflow   bigint NOT NULL,
  node       text COLLATE "C" NOT NULL,
  index      int[] NOT NULL,
  run        int NOT NULL,
  event_type text COLLATE "C" NOT NULL, -- exact, or a prefix that ends in ".*"
  xid        bigint NOT NULL,
  PRIMARY KEY (workflow, node, index)
);
CREATE INDEX workflow_wait_type ON workflow_wait (event_type);

-- The position in the log up to which nodes were told. While none waits it stands still.
CREATE TABLE workflow_cursor (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid      bigint NOT NULL,
  seq      bigint NOT NULL
);
INSERT INTO workflow_cursor (xid, seq) VALUES (0, 0);

-- Who has decided about nodes that wait for approvals, and how.
CREATE TABLE workflow_approval (
  workflow  bigint NOT NULL,
  node      text COLLATE "C" NOT NULL,
  index     int[] NOT NULL,
  run       int NOT NULL,
  principal text COLLATE "C" NOT NULL,
  reason    text NOT NULL,
  approved  boolean NOT NULL,
  time      timestamptz NOT NULL,
  PRIMARY KEY (workflow, node, index, run, principal)
);

-- Of the daily clean-up.
ALTER TABLE cleanup_run ADD COLUMN workflows bigint NOT NULL DEFAULT 0;
