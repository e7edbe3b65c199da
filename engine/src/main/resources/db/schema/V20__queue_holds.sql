-- Queues that workflows run, and those that wait for their turn.

-- Waiting tasks of the queue do not start, but for those of the workflow and of workflows that were
-- started before it. A claim asks for rows under the lock on the owner row of the queue, and whoever
-- changes them holds that lock. may_pass: the queue may have such tasks, so that held ones have to
-- make way for them.
CREATE TABLE queue_hold (
  queue    int NOT NULL,
  workflow bigint NOT NULL,
  may_pass boolean NOT NULL,
  PRIMARY KEY (queue, workflow)
);
CREATE INDEX queue_hold_workflow ON queue_hold (workflow);

-- Whether a task stands aside because its queue is held.
ALTER TABLE task_aside ADD COLUMN held boolean NOT NULL DEFAULT false;

-- Whether a node has taken the task from its queue, and did not create it.
ALTER TABLE workflow_task ADD COLUMN taken boolean NOT NULL DEFAULT false;

-- What is to be cancelled: the open tasks of a run of a node, a batch at a time. They are found by
-- their states, so that what a batch has cancelled is left out by the next.
CREATE TABLE workflow_cancel (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workflow  bigint NOT NULL,
  node      text COLLATE "C" NOT NULL,
  index     int[] NOT NULL,
  run       int NOT NULL,
  task      bigint, -- the only one of the node; null: those that it has taken
  principal text NOT NULL,
  reason    text NOT NULL
);
