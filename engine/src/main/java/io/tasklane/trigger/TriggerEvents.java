package io.tasklane.trigger;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.feature.EventCodec;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Logs what happens to triggers, and reads such events. */
public final class TriggerEvents {
  /** Reads the events of triggers. */
  public static final List<EventCodec> CODECS =
      List.of(EventCodec.stored(EventKind.TRIGGER_CHANGED, "trigger.changed"));

  private static final String CHANGED =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), :kind,
          'triggers/' || :name, :actor,
          jsonb_strip_nulls(jsonb_build_object('change', :change::text,
            'reason', nullif(:reason::text, '')))::text""";

  private TriggerEvents() {}

  /** Somebody changed it: "CREATED", "UPDATED", "ENABLED", "DISABLED" or "DELETED". */
  static void changed(Connection connection, String triggerId, String change, Actor actor)
      throws SQLException {
    NamedSql.on(connection, CHANGED)
        .set("kind", EventKind.TRIGGER_CHANGED.code())
        .set("name", triggerId)
        .set("actor", actor.principal())
        .set("change", change)
        .set("reason", Rows.storable(actor.reason()))
        .update();
  }
}
