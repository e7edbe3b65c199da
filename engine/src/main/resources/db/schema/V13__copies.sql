-- Finds the copies of a task (task.retry_of), so that one that needs it may run after a copy of it.
CREATE INDEX task_retry_of ON task (retry_of) WHERE retry_of IS NOT NULL;
