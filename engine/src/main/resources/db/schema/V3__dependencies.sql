-- Who needs whom, by the task that is needed. Kept until that one is removed, so that results which
-- an unfinished task will read are known.
CREATE TABLE task_need (
  need   bigint NOT NULL,
  task   bigint NOT NULL,
  policy smallint NOT NULL,
  PRIMARY KEY (need, task)
);
