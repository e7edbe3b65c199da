-- Messages of other systems that have become tasks. The key is what makes a message one and the
-- same however often the broker delivers it; it is written in the command that creates its task.
CREATE TABLE ingress_inbox (
  key       text COLLATE "C" PRIMARY KEY,
  task      bigint NOT NULL,             -- key of the task, which may be gone
  task_name text COLLATE "C" NOT NULL,
  time      timestamptz NOT NULL
);
CREATE INDEX ingress_inbox_time ON ingress_inbox (time);

-- Who is to be told when a task ends.
CREATE TABLE ingress_return (
  task        bigint NOT NULL,
  task_name   text COLLATE "C" NOT NULL,
  destination text NOT NULL,             -- JSON, see io.tasklane.ingress.ReplyAddress
  PRIMARY KEY (task, destination)
);

-- Replies that the broker does not have yet. A node takes some, sends them, and removes them: what a
-- node that died had taken is taken by another.
CREATE TABLE ingress_reply (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        smallint NOT NULL,
  task_name   text COLLATE "C" NOT NULL, -- empty where the message was rejected
  problem     text NOT NULL,             -- JSON with reason and message, of a rejected one
  destination text NOT NULL,
  attempts    int NOT NULL DEFAULT 0,
  take_after  timestamptz NOT NULL
);

ALTER TABLE cleanup_run ADD COLUMN messages bigint NOT NULL DEFAULT 0;
