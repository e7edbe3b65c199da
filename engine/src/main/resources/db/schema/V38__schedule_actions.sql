-- What a schedule does is a task or a workflow. A run has the one or the other; one whose workflow
-- waits for its start time has none yet, and no name.
ALTER TABLE schedule ALTER COLUMN task DROP NOT NULL;
ALTER TABLE schedule ALTER COLUMN queue DROP NOT NULL;
ALTER TABLE schedule ALTER COLUMN task_type DROP NOT NULL;
ALTER TABLE schedule ADD COLUMN workflow text; -- JSON, see io.tasklane.definition.PlannedJson
ALTER TABLE schedule ADD CONSTRAINT schedule_action CHECK ((task IS NULL) <> (workflow IS NULL));
ALTER TABLE schedule_run ADD COLUMN workflow bigint; -- key of the workflow, which may be gone
CREATE INDEX schedule_run_workflow ON schedule_run (workflow)
  WHERE end_time IS NULL AND workflow IS NOT NULL;
