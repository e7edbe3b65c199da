package io.tasklane.queue.limit;

import static io.tasklane.database.Rows.instant;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.RateLimit;
import io.tasklane.signal.ReadySignals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps queues from starting more tasks within a period than their limit allows. Starts are rows of
 * the command that claims, so they are counted across restarts and changes of owner; the lock on
 * the owner's row, which every claim holds, makes them one sequence.
 *
 * @param signals are told when the next start is allowed
 */
public record RateLimits(ReadySignals signals) implements ClaimCondition {
  /**
   * When the queue of a row {@code r} of {@code queue_rate} may start the next task, as {@link
   * RateLimit#opens} decides it; null or a time that has come where it may now.
   */
  static final String OPENS =
      """
      (SELECT s.time + r.period_ms * interval '1 ms' FROM queue_start s
        WHERE s.queue = r.queue AND s.number = (
          SELECT max(l.number) FROM queue_start l WHERE l.queue = r.queue) - r.permits + 1)""";

  private static final String RATE =
      """
      SELECT r.permits, r.period_ms, clock_timestamp() AS at, ${OPENS} AS opens
      FROM task k JOIN queue_rate r ON r.queue = k.queue WHERE k.id = :task"""
          .replace("${OPENS}", OPENS);

  private static final String DUE =
      """
      UPDATE queue_rate r SET due = :due FROM task k
      WHERE k.id = :task AND r.queue = k.queue AND r.due IS DISTINCT FROM :due""";

  /** Keeps as many starts as decide. */
  private static final String STARTED =
      """
      WITH next AS MATERIALIZED (
        SELECT r.queue, r.permits, coalesce((
            SELECT max(s.number) FROM queue_start s WHERE s.queue = r.queue), 0) + 1 AS number
        FROM task k JOIN queue_rate r ON r.queue = k.queue WHERE k.id = :task),
      old AS (
        DELETE FROM queue_start s USING next n
        WHERE s.queue = n.queue AND s.number <= n.number - n.permits)
      INSERT INTO queue_start (queue, number, time)
      SELECT queue, number, clock_timestamp() FROM next""";

  private record Rate(RateLimit limit, Instant at, Optional<Instant> opens) {
    static Rate read(ResultSet row) throws SQLException {
      Instant at = instant(row, "at").orElseThrow();
      return new Rate(
          new RateLimit(row.getInt("permits"), Duration.ofMillis(row.getLong("period_ms"))),
          at,
          instant(row, "opens").filter(at::isBefore));
    }

    ClaimVerdict verdict() {
      return opens.isEmpty()
          ? ClaimVerdict.MAY_RUN
          : new ClaimVerdict.QueueWaits(
              List.of(new Blocker.RateLimit(limit.toString(), opens.get())));
    }
  }

  /** The queues with a limit are listed once for each statement; mostly there is none. */
  @Override
  public String sql() {
    return "k.queue <> ALL (ARRAY(SELECT l.queue FROM queue_rate l))";
  }

  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    return rate(connection, task).map(Rate::verdict).orElse(ClaimVerdict.MAY_RUN);
  }

  /** Notes when the next start is allowed, so that whatever node is alive then tells the owner. */
  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    Optional<Rate> rate = rate(batch.connection(), task);
    Optional<Instant> opens = rate.flatMap(Rate::opens);
    if (opens.isPresent()) {
      int noted =
          NamedSql.on(batch.connection(), DUE)
              .set("due", Timestamp.from(opens.get()))
              .set("task", task)
              .update();
      if (noted > 0) { // once, however often the owner asks until then
        Duration wait = Duration.between(rate.get().at(), opens.get());
        batch.afterCommit(() -> signals.dueIn(wait));
      }
    }
    return rate.map(Rate::verdict).orElse(ClaimVerdict.MAY_RUN);
  }

  private static Optional<Rate> rate(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, RATE).set("task", task).first(Rate::read);
  }

  @Override
  public void started(Batch batch, TaskKey task, FencingToken token) throws SQLException {
    NamedSql.on(batch.connection(), STARTED).set("task", task).update();
  }
}
