-- Whether a waiting task of higher priority may ask a task's run to give way.
ALTER TABLE task ADD COLUMN preemptible boolean NOT NULL DEFAULT false;

-- How far a run had come when it last said so, for the run after it. Fenced by the run's token.
CREATE TABLE task_checkpoint (
  task         bigint PRIMARY KEY,
  token        bigint NOT NULL,
  content_type text NOT NULL,
  body         bytea NOT NULL
);
