package io.tasklane.task.explain;

import static io.tasklane.database.Rows.instant;
import static io.tasklane.database.Rows.text;

import io.tasklane.database.NamedSql;
import io.tasklane.dependency.Dependency;
import io.tasklane.explain.QueueSlots;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Actor;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.WaitLimits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a task that waits, beside what features say.
 *
 * @param at the database's present
 * @param task its key
 * @param state its state
 * @param revision of that state
 * @param limits of its waiting
 * @param runAfter when it may start at the earliest
 * @param nextAttempt when its backoff is over
 * @param needs what it depends on
 * @param orderingKey its ordering key
 * @param keyWaits whether the turn of that key is another task's
 * @param place where it stands or would stand in its queue
 * @param alone whether it is not claimed ahead with others
 * @param queue its queue
 */
record WaitingFacts(
    Instant at,
    TaskKey task,
    TaskState state,
    long revision,
    WaitLimits limits,
    Optional<Instant> runAfter,
    Optional<Instant> nextAttempt,
    List<Dependency> needs,
    Optional<String> orderingKey,
    boolean keyWaits,
    Place place,
    boolean alone,
    OfQueue queue) {
  /** Whether a task {@code k} that stands at this rank is not claimed ahead with others. */
  static final String ALONE =
      """
      (${RANK} = 0 OR k.ordering_key IS NOT NULL OR k.resource_units IS NOT NULL OR k.preemptible
        OR NOT ${CONDITIONS})""";

  private static final String SQL =
      """
      SELECT t.at, k.id, k.state, k.revision, k.queue, k.state_time,
          k.start_time, k.expire_time, k.queue_timeout_ms, k.total_timeout_ms, k.total_deadline,
          k.run_after, k.next_attempt_time, k.dependencies, k.ordering_key, k.key_waits,
          k.order_key, ${ALONE} AS alone, q.durability, q.aging_ms,
          o.state AS queue_state, o.concurrency, o.node AS owner, o.bid_node, o.pause_principal,
          o.pause_reason, o.pause_time, n.renew_time,
          n.node IS NOT NULL AND NOT n.dead AND n.incarnation = o.incarnation AS owner_lives,
          coalesce(r.rank, a.rank, 1) AS place_rank, r.task IS NOT NULL AS ready,
          (SELECT count(*) FROM task_lease l WHERE l.queue = k.queue) AS slots_taken
      FROM (SELECT clock_timestamp() AS at) t, task k
      JOIN queue q ON q.id = k.queue JOIN queue_owner o ON o.queue = k.queue
      LEFT JOIN node_lease n ON n.node = o.node
      LEFT JOIN task_ready r ON r.queue = k.queue AND r.rank IN (0, 1)
        AND r.order_key = k.order_key AND r.task = k.id
      LEFT JOIN task_aside a ON a.queue = k.queue AND a.task = k.id
      WHERE k.name = :task"""
          .replace("${ALONE}", ALONE)
          .replace("${RANK}", "coalesce(r.rank, a.rank, 1)");

  /**
   * A place in a queue.
   *
   * @param rank 0 for interrupted work, else 1
   * @param orderKey by the policy of the queue
   * @param ready whether it stands there now
   */
  record Place(int rank, long orderKey, boolean ready) {}

  /**
   * The queue of the task.
   *
   * @param key of its row
   * @param aged whether priority and age make one order
   * @param slots how many tasks may have one
   * @param taken slots that are taken
   * @param state whether it starts tasks
   * @param pauseActor who paused it
   * @param pauseTime since when it is paused
   * @param owner the node that owns it
   * @param ownerLives whether that start of the node has not been declared dead
   * @param renewTime when that node last renewed its lease
   * @param bidder the node that asks for it
   */
  record OfQueue(
      QueueKey key,
      boolean aged,
      QueueSlots slots,
      int taken,
      QueueState state,
      Actor pauseActor,
      Optional<Instant> pauseTime,
      Optional<String> owner,
      boolean ownerLives,
      Optional<Instant> renewTime,
      Optional<String> bidder) {}

  /**
   * Reads, in one statement, all that decides whether and when this task may start.
   *
   * @throws io.tasklane.api.Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  static WaitingFacts read(Connection connection, ClaimConditions conditions, String taskId)
      throws SQLException {
    return NamedSql.on(connection, SQL.replace("${CONDITIONS}", conditions.sql()))
        .set("task", taskId)
        .first(WaitingFacts::read)
        .orElseThrow(() -> TaskReader.notFound(taskId));
  }

  private static WaitingFacts read(ResultSet row) throws SQLException {
    return new WaitingFacts(
        instant(row, "at").orElseThrow(),
        new TaskKey(row.getLong("id")),
        TaskState.of(row.getInt("state")),
        row.getLong("revision"),
        limits(row),
        instant(row, "run_after"),
        instant(row, "next_attempt_time"),
        JsonColumns.dependencies(row.getString("dependencies")),
        text(row, "ordering_key"),
        row.getBoolean("key_waits"),
        new Place(row.getInt("place_rank"), row.getLong("order_key"), row.getBoolean("ready")),
        row.getBoolean("alone"),
        queue(row));
  }

  private static WaitLimits limits(ResultSet row) throws SQLException {
    return new WaitLimits(
        TaskState.of(row.getInt("state")),
        instant(row, "state_time").orElseThrow(),
        instant(row, "start_time"),
        instant(row, "expire_time"),
        millis(row, "queue_timeout_ms"),
        millis(row, "total_timeout_ms"),
        instant(row, "total_deadline"));
  }

  private static Optional<Duration> millis(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  private static OfQueue queue(ResultSet row) throws SQLException {
    return new OfQueue(
        new QueueKey(row.getInt("queue")),
        row.getObject("aging_ms") != null,
        new QueueSlots(row.getInt("concurrency"), Durability.of(row.getInt("durability"))),
        row.getInt("slots_taken"),
        QueueState.of(row.getInt("queue_state")),
        new Actor(text(row, "pause_principal").orElse(""), text(row, "pause_reason").orElse("")),
        instant(row, "pause_time"),
        text(row, "owner"),
        row.getBoolean("owner_lives"),
        instant(row, "renew_time"),
        text(row, "bid_node"));
  }

  /** Whether the task waits for its start. */
  boolean waits() {
    return switch (state) {
      case BLOCKED, SCHEDULED, QUEUED, RETRY_WAIT, OFFERED -> true;
      default -> false;
    };
  }
}
