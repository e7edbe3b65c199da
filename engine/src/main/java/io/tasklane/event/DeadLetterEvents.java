package io.tasklane.event;

import io.tasklane.feature.EventCodec;
import java.util.List;

/** SQL that logs what happened to a dead letter, and reads such events. */
public final class DeadLetterEvents {
  /** The code of the event that says that it was replayed. */
  public static final int REPLAYED = EventKind.DEAD_LETTER_REPLAYED.code();

  /** The code of the event that says that it was discarded. */
  public static final int DISCARDED = EventKind.DEAD_LETTER_DISCARDED.code();

  /** The codecs of both kinds of events, which the feature of dead letters registers. */
  public static final List<EventCodec> CODECS =
      List.of(
          EventCodec.stored(EventKind.DEAD_LETTER_REPLAYED, LogEvent.DEAD_LETTER_REPLAYED),
          EventCodec.stored(EventKind.DEAD_LETTER_DISCARDED, LogEvent.DEAD_LETTER_DISCARDED));

  private static final String LOGGED =
      """
      INSERT INTO task_event (xid, seq, time, task, queue, kind, subject, task_type, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), d.task,
          d.queue, %d, 'deadLetters/' || k.name, d.task_type, a.actor,
          jsonb_strip_nulls(jsonb_build_object('queue', 'queues/' || q.name,
            'task', 'tasks/' || k.name, 'task_type', d.task_type, 'failure_code', d.failure_code,
            'fingerprint', d.fingerprint, 'reason', nullif(a.reason, ''), 'replay', %s))::text
      FROM changed d JOIN task k ON k.id = d.task JOIN queue q ON q.id = d.queue,
          (SELECT :actor::text AS actor, :reason::text AS reason) a""";

  private DeadLetterEvents() {}

  /**
   * Logs the rows of a CTE {@code changed}, which returns those of dead_letter. Its parameters are
   * {@code actor}, the principal, and {@code reason}.
   *
   * @param replay SQL of the name of the new task, NULL for none
   */
  public static String logged(int kind, String replay) {
    return LOGGED.formatted(kind, replay);
  }
}
