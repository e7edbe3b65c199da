package io.tasklane.fact;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.event.EventKind;
import io.tasklane.feature.EventCodec;
import io.tasklane.task.Actor;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes facts, each with its event, in the transaction of the command that sets them. */
public final class FactRows {
  /** Reads the events of facts. */
  public static final List<EventCodec> CODECS =
      List.of(
          EventCodec.stored(EventKind.FACT_SET, "fact.set"),
          EventCodec.stored(EventKind.FACT_DELETED, "fact.deleted"));

  /** Rows are locked in the order of their names. */
  private static final String SET =
      """
      INSERT INTO fact (name, value, expire_time, update_time, principal, reason, move_xid)
      SELECT u.name, u.value, u.expire_time, clock_timestamp(), u.principal, u.reason,
          pg_current_xact_id()::text::bigint
      FROM unnest(:names::text[], :values::text[], :expire_times::timestamptz[],
          :principals::text[], :reasons::text[])
        AS u (name, value, expire_time, principal, reason)
      ORDER BY u.name COLLATE "C"
      ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, expire_time = EXCLUDED.expire_time,
          update_time = EXCLUDED.update_time, principal = EXCLUDED.principal,
          reason = EXCLUDED.reason, move_xid = EXCLUDED.move_xid
      WHERE fact.move_xid <= EXCLUDED.move_xid""";

  private static final String DELETE =
      """
      UPDATE fact SET value = NULL, expire_time = clock_timestamp(),
          update_time = clock_timestamp(), principal = :principal, reason = :reason,
          move_xid = pg_current_xact_id()::text::bigint
      WHERE name = :name AND move_xid <= pg_current_xact_id()::text::bigint""";
  private static final String LOG =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), :kind,
          'facts/' || u.name, u.principal, u.data
      FROM unnest(:names::text[], :principals::text[], :data::text[]) WITH ORDINALITY
        AS u (name, principal, data, position)
      ORDER BY u.position""";

  private FactRows() {}

  /**
   * Sets these facts; of several with one name the last counts, and each has its event.
   *
   * @return false where one was changed in a newer transaction: then none of this may be committed,
   *     unless it is the only one
   */
  public static boolean set(Batch batch, List<NewFact> facts) throws SQLException {
    if (facts.isEmpty()) {
      return true;
    }
    Map<String, NewFact> last = new LinkedHashMap<>();
    facts.forEach(fact -> last.put(fact.fact().name(), fact));
    int written =
        NamedSql.on(batch.connection(), SET)
            .rows(last.values())
            .add("names", "text", fact -> fact.fact().name())
            .add("values", "text", NewFact::value)
            .add("expire_times", "timestamptz", NewFact::expireTime)
            .add("principals", "text", fact -> fact.actor().principal())
            .add("reasons", "text", NewFact::reason)
            .update();
    if (written < last.size()) {
      return false;
    }
    NamedSql.on(batch.connection(), LOG)
        .set("kind", EventKind.FACT_SET.code())
        .rows(facts)
        .add("names", "text", fact -> fact.fact().name())
        .add("principals", "text", fact -> fact.actor().principal())
        .add("data", "text", NewFact::eventData)
        .update();
    return true;
  }

  /**
   * Makes a fact that is there absent.
   *
   * @return false where it was changed in a newer transaction; nothing is written then
   */
  static boolean delete(Batch batch, String name, Actor actor) throws SQLException {
    int deleted =
        NamedSql.on(batch.connection(), DELETE)
            .set("name", name)
            .set("principal", actor.principal())
            .set("reason", actor.reason())
            .update();
    if (deleted == 0) {
      return false;
    }
    NamedSql.on(batch.connection(), LOG)
        .set("kind", EventKind.FACT_DELETED.code())
        .set("names", "text", List.of(name))
        .set("principals", "text", List.of(actor.principal()))
        .set("data", "text", List.of("{}"))
        .update();
    return true;
  }
}
