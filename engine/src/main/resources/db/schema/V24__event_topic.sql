-- Which node sends the event log to the JMS topic, and up to which position it has been sent. A node
-- that takes over raises the epoch, so that the one before it moves the position no more.
CREATE TABLE event_topic (
  only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  node        text,
  incarnation bigint,
  epoch       bigint NOT NULL DEFAULT 0,
  xid         bigint NOT NULL,
  seq         bigint NOT NULL
) WITH (fillfactor = 50);

-- A topic that has no subscribers yet begins at the present.
INSERT INTO event_topic (xid, seq)
SELECT xid, seq FROM (SELECT xid, seq FROM task_event UNION ALL SELECT xid, seq FROM event_floor) e
ORDER BY xid DESC, seq DESC LIMIT 1;
