-- The number of the last transaction that each writer has committed: what became of one whose answer
-- was lost is read here. A writer is a node's committer from its start to its end.
CREATE TABLE commit_mark (
    writer bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch bigint NOT NULL,
    time timestamptz NOT NULL
) WITH (fillfactor = 10);
