-- The time limits of a task beside that of one attempt. Null: no limit, and for the grace of a
-- cancel the usual one.
ALTER TABLE task
  ADD COLUMN queue_timeout_ms bigint,
  ADD COLUMN total_timeout_ms bigint,
  ADD COLUMN cancel_grace_ms  bigint,
  ADD COLUMN total_deadline   timestamptz; -- set by the first claim

ALTER TABLE queue
  ADD COLUMN queue_timeout_ms bigint,
  ADD COLUMN total_timeout_ms bigint,
  ADD COLUMN cancel_grace_ms  bigint;

-- A row of task_deadline is from now on only a promise to look at the task by then: its own row
-- says whether its time is over (io.tasklane.task.store.ExpireTasks). So that a limit which begins
-- later, with the release or the first start, costs those moves nothing.
CREATE INDEX task_deadline_task ON task_deadline (task);
