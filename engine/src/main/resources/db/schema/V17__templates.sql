-- Workflows that are kept by name. A deleted template leaves its row, so that the numbers of its
-- versions go on.
CREATE TABLE workflow_template (
  name        text COLLATE "C" PRIMARY KEY,
  version     int NOT NULL, -- the newest, also of one that was deleted
  create_time timestamptz   -- null while there is no such template
);

-- What was stored, version by version. A row never changes. JSON is kept as text: jsonb would change
-- numbers.
CREATE TABLE workflow_template_version (
  template          text COLLATE "C" NOT NULL,
  version           int NOT NULL,
  update_time       timestamptz NOT NULL,
  description       text NOT NULL,
  display_name      text NOT NULL,
  definition        text NOT NULL,
  document          bytea NOT NULL, -- as the edge encoded it
  inputs            text NOT NULL,  -- a JSON object: those that a start does not give
  deadline_after_ms bigint,
  input_schema      text NOT NULL,  -- empty for any inputs
  PRIMARY KEY (template, version)
);

-- The version of a template that a workflow was started from.
ALTER TABLE workflow ADD COLUMN template text COLLATE "C";
ALTER TABLE workflow ADD COLUMN template_version int;
