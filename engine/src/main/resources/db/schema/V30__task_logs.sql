-- What runs under way have logged, and what runs had logged whose leases were lost. Of a run that has
-- ended in another way, task_attempt has the log.
CREATE TABLE task_log (
  task  bigint NOT NULL,
  token bigint NOT NULL,
  log   text NOT NULL,
  PRIMARY KEY (task, token)
) WITH (autovacuum_vacuum_scale_factor = 0.02);
