-- Tasks of nodes whose inputs are too large to be inline: created once the input is stored as an
-- artifact. The request is as in a stored definition, without its input.
CREATE TABLE workflow_input (
  workflow   bigint NOT NULL,
  node       text COLLATE "C" NOT NULL,
  index      int[] NOT NULL,
  run        int NOT NULL,
  request    text NOT NULL,
  priority   smallint NOT NULL,
  input_type text NOT NULL,
  input      bytea NOT NULL,
  PRIMARY KEY (workflow, node, index)
);
