-- Workflows that nodes of other workflows have started. outer_run is the run of the node that waits
-- for the end; outermost is the one that no node has started, and depth how many are around it.
ALTER TABLE workflow ADD COLUMN outer_workflow bigint;
ALTER TABLE workflow ADD COLUMN outer_node text COLLATE "C";
ALTER TABLE workflow ADD COLUMN outer_index int[];
ALTER TABLE workflow ADD COLUMN outer_run int;
ALTER TABLE workflow ADD COLUMN outermost bigint;
ALTER TABLE workflow ADD COLUMN depth smallint NOT NULL DEFAULT 0;
CREATE INDEX workflow_outer ON workflow (outer_workflow) WHERE outer_workflow IS NOT NULL;

-- The latest workflow of a node.
ALTER TABLE workflow_node ADD COLUMN sub_workflow bigint;
ALTER TABLE workflow_node ADD COLUMN sub_workflow_name text COLLATE "C";

-- The versions of templates that were the newest when an outermost workflow started: those that its
-- nodes start without a version.
CREATE TABLE workflow_pin (
  workflow bigint NOT NULL,
  template text COLLATE "C" NOT NULL,
  version  int NOT NULL,
  PRIMARY KEY (workflow, template)
);

-- Nodes whose workflows are still to be started. A row is written and removed by whoever holds the
-- row of the outer workflow.
CREATE TABLE workflow_start (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workflow bigint NOT NULL, -- the outer one
  node     text COLLATE "C" NOT NULL,
  index    int[] NOT NULL,
  run      int NOT NULL,
  template text COLLATE "C" NOT NULL,
  version  int,             -- null for the pinned one
  inputs   text NOT NULL    -- a JSON object
);
CREATE INDEX workflow_start_workflow ON workflow_start (workflow);
