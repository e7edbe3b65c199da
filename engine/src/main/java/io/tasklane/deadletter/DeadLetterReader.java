package io.tasklane.deadletter;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.ListPosition;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.database.Sql;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.filter.TimeRange;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads dead letters.
 *
 * @param connection to read on
 */
public record DeadLetterReader(Connection connection) {
  private static final String SELECT =
      """
      SELECT d.task, d.task_type, d.fingerprint, d.replay_count, d.replay_principal,
          d.replay_reason, d.replay_time, d.create_time, k.name, k.attempt, k.failure_kind,
          k.failure_code, k.failure_message, k.failure_trace, k.failure_time,
          (SELECT q.name FROM queue q WHERE q.id = d.queue) AS queue_id
      FROM dead_letter d JOIN task k ON k.id = d.task WHERE true""";

  /**
   * The dead letter with this final part of the name.
   *
   * @throws Refusal NOT_FOUND: DEAD_LETTER_NOT_FOUND
   */
  public DeadLetter require(String taskId) throws SQLException {
    return Sql.of(SELECT + " AND k.name = ?", taskId)
        .list(connection, DeadLetterReader::read)
        .stream()
        .findFirst()
        .orElseThrow(() -> notFound(taskId));
  }

  /** Those that match, the newest first. */
  public List<DeadLetter> list(DeadLetterQuery query) throws SQLException {
    Optional<QueueKey> queue = Optional.empty();
    if (query.filter().queue().isPresent()) {
      queue = queueKey(query.filter().queue().get());
      if (queue.isEmpty()) {
        return List.of();
      }
    }
    Sql sql = select(query, queue);
    return IndexPlans.on(connection, c -> sql.list(c, DeadLetterReader::read));
  }

  /** Ids of all that match, in the order in which their tasks were created. */
  public Sql names(DeadLetterFilter filter, int limit) throws SQLException {
    Optional<QueueKey> queue = Optional.empty();
    if (filter.queue().isPresent()) {
      queue = queueKey(filter.queue().get());
    }
    Sql sql = Sql.of("SELECT k.name FROM dead_letter d JOIN task k ON k.id = d.task WHERE true");
    if (filter.queue().isPresent() && queue.isEmpty()) {
      sql = sql.then(" AND false");
    }
    for (Map.Entry<String, Object> condition : conditions(filter, queue).entrySet()) {
      sql = sql.then(" AND " + condition.getKey() + " = ?", condition.getValue());
    }
    return sql.then(Sql.within("d.create_time", filter.createTime()))
        .then(" ORDER BY d.task LIMIT " + limit);
  }

  private Optional<QueueKey> queueKey(String queueId) throws SQLException {
    return NamedSql.on(connection, "SELECT id FROM queue WHERE name = :queue")
        .set("queue", queueId)
        .first(row -> new QueueKey(row.getInt(1)));
  }

  /**
   * The statement of a list, for what {@link DeadLetterFilter#matches}. The first condition is a
   * range of its index and leads the order, so that the planner has no choice: statistics are out
   * of date just when many tasks fail.
   */
  static Sql select(DeadLetterQuery query, Optional<QueueKey> queue) {
    Map<String, Object> conditions = conditions(query.filter(), queue);
    Sql sql = Sql.of(SELECT);
    List<String> order = new ArrayList<>(List.of("d.create_time", "d.task"));
    List<Object> lead = new ArrayList<>();
    for (Map.Entry<String, Object> condition : conditions.entrySet()) {
      if (lead.isEmpty()) {
        order.add(0, condition.getKey());
        lead.add(condition.getValue());
      } else {
        sql = sql.then(" AND " + condition.getKey() + " = ?", condition.getValue());
      }
    }
    return sql.then(span(order, lead, query))
        .then(" ORDER BY " + String.join(" DESC, ", order) + " DESC LIMIT " + query.limit());
  }

  private static Map<String, Object> conditions(DeadLetterFilter filter, Optional<QueueKey> queue) {
    Map<String, Object> conditions = new LinkedHashMap<>(); // usually the most selective first
    filter.fingerprint().ifPresent(v -> conditions.put("d.fingerprint", v));
    filter.failureCode().ifPresent(v -> conditions.put("d.failure_code", v));
    filter.taskType().ifPresent(v -> conditions.put("d.task_type", v));
    queue.ifPresent(v -> conditions.put("d.queue", v));
    return conditions;
  }

  /** From the first moment of the list to its last, or to where the previous page ended. */
  private static Sql span(List<String> columns, List<Object> lead, DeadLetterQuery query) {
    TimeRange time = query.filter().createTime();
    String row = " AND (" + String.join(", ", columns) + ")";
    Optional<Instant> until = query.after().flatMap(ListPosition::time).or(time::until);
    return Sql.of(row + " > (")
        .then(bound(lead, time.from(), "-infinity", 0))
        .then(")" + row + " < (")
        .then(bound(lead, until, "infinity", query.after().map(ListPosition::key).orElse(0L)))
        .then(")");
  }

  private static Sql bound(List<Object> lead, Optional<Instant> time, String none, long key) {
    Sql first = new Sql("?, ".repeat(lead.size()), lead);
    Sql second = time.map(t -> Sql.of("?", t)).orElse(Sql.of("'" + none + "'::timestamptz"));
    return first.then(second).then(", ?", key);
  }

  private static DeadLetter read(ResultSet row) throws SQLException {
    return new DeadLetter(
        new TaskKey(row.getLong("task")),
        row.getString("name"),
        row.getString("queue_id"),
        row.getString("task_type"),
        Rows.failure(row, "failure_time").orElseThrow(),
        row.getString("fingerprint"),
        row.getInt("replay_count"),
        lastReplay(row),
        Rows.instant(row, "replay_time"),
        row.getInt("attempt"),
        Rows.instant(row, "create_time").orElseThrow());
  }

  private static Optional<Actor> lastReplay(ResultSet row) throws SQLException {
    String reason = row.getString("replay_reason");
    return Rows.text(row, "replay_principal").map(principal -> new Actor(principal, reason));
  }

  /** The refusal for a dead letter that does not exist. */
  public static Refusal notFound(String taskId) {
    return Refusal.notFound(
        RefusalReason.DEAD_LETTER_NOT_FOUND,
        "deadLetters/" + taskId,
        "does not exist: its task did not fail for good, or it was discarded");
  }
}
