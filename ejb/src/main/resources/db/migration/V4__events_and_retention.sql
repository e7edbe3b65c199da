-- Events that somebody publishes: kind 4, with a type and perhaps an id that Tasklane did not choose.
ALTER TABLE task_event ADD COLUMN event_type text;
ALTER TABLE task_event ADD COLUMN event_id text;
