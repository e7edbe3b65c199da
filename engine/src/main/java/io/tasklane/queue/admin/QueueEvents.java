package io.tasklane.queue.admin;

import io.tasklane.queue.QueueState;

/** SQL that logs what happened to a queue. */
final class QueueEvents {
  /** Needs a CTE {@code changed} with the columns id, name, version, actor, data. */
  static final String LOGGED =
      """
      INSERT INTO task_event (xid, seq, time, queue, kind, version, subject, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), c.id, 3,
          c.version, 'queues/' || c.name, c.actor, c.data
      FROM changed c""";

  private QueueEvents() {}

  /** The data of an event: the state of the queue after it, and what happened. */
  static String data(QueueState state, String change) {
    return "{\"state\":\"" + state + "\",\"change\":\"" + change + "\"}";
  }
}
