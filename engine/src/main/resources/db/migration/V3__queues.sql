-- Whom a queue takes tasks from: 1 everybody, 2 only runs (it drains), 3 nobody (it is deleted).
-- A command that creates tasks holds this row shared, and who changes the column waits for it: see
-- docs/adr/0007. The row of a deleted queue stays for the tasks that ended in it, and for its name.
ALTER TABLE queue
  ADD COLUMN intake smallint NOT NULL DEFAULT 1,
  ADD COLUMN delete_time timestamptz;
