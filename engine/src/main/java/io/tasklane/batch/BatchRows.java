package io.tasklane.batch;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes batch operations.
 *
 * @param connection to do so on
 */
record BatchRows(Connection connection) {
  private static final String DUE =
      " FROM batch_operation WHERE state = %d AND next_time <= clock_timestamp()"
          .formatted(BatchState.RUNNING.code());

  /** SQL: whether a step may begin. */
  static final String PROBE = "SELECT EXISTS (SELECT" + DUE + ")";

  /** Those of which another node makes a step are passed over. */
  private static final String LOCK_DUE =
      "SELECT *, clock_timestamp() AS now"
          + DUE
          + " ORDER BY next_time LIMIT 1 FOR UPDATE SKIP LOCKED";

  private static final String FIND = "SELECT * FROM batch_operation WHERE name = :name";
  private static final String LIST =
      "SELECT * FROM batch_operation WHERE name < :after ORDER BY name DESC LIMIT :limit";
  private static final String FIRST =
      "SELECT * FROM batch_operation ORDER BY name DESC LIMIT :limit";
  private static final String START =
      """
      INSERT INTO batch_operation (name, kind, filter, priority, force, ignore_dependencies,
        per_second, principal, reason, state, matched, end_time)
      VALUES (:name, :kind, :filter, :priority, :force, :ignore_dependencies,
        :per_second, :principal, :reason, :state, :matched,
        CASE WHEN :matched = 0 THEN clock_timestamp() END)
      RETURNING *""";
  private static final String STOP =
      """
      UPDATE batch_operation SET state = %d, end_time = clock_timestamp(),
        stop_principal = :principal, stop_reason = :reason
      WHERE name = :name RETURNING *"""
          .formatted(BatchState.STOPPED.code());
  private static final String STEP =
      """
      UPDATE batch_operation SET state = :state, done = :done, refused = :refused, delay = :delay,
        failure = :failure, next_time = clock_timestamp() + :rest * interval '1 us',
        step_time = CASE WHEN :tried THEN clock_timestamp() ELSE step_time END,
        end_time = CASE WHEN :ended THEN clock_timestamp() END
      WHERE name = :name""";

  /**
   * A batch operation whose next step may begin, locked.
   *
   * @param operation it
   * @param now by the clock of the database
   * @param lastStep when the last target was tried
   * @param delay why none could be tried since; empty for no special reason
   */
  record Due(BatchOperation operation, Instant now, Instant lastStep, String delay) {}

  /** The next one, if there is one. */
  Optional<Due> lockDue() throws SQLException {
    return NamedSql.on(connection, LOCK_DUE)
        .first(
            row ->
                new Due(
                    read(row),
                    Rows.instant(row, "now").orElseThrow(),
                    Rows.instant(row, "step_time").orElseThrow(),
                    row.getString("delay")));
  }

  /**
   * The one with this id.
   *
   * @throws Refusal NOT_FOUND: BATCH_OPERATION_NOT_FOUND
   */
  BatchOperation require(String id) throws SQLException {
    return find(FIND, id);
  }

  /** The same, locked: no step of it is made meanwhile. */
  BatchOperation lock(String id) throws SQLException {
    return find(FIND + " FOR UPDATE", id);
  }

  private BatchOperation find(String sql, String id) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("name", id)
        .first(BatchRows::read)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.BATCH_OPERATION_NOT_FOUND,
                    "batchOperations/" + id,
                    "does not exist, or has ended so long ago that it was removed"));
  }

  /** The newest first, those before this id. */
  List<BatchOperation> list(Optional<String> after, int limit) throws SQLException {
    return after.isPresent()
        ? NamedSql.on(connection, LIST)
            .set("after", after.get())
            .set("limit", limit)
            .list(BatchRows::read)
        : NamedSql.on(connection, FIRST).set("limit", limit).list(BatchRows::read);
  }

  /** Writes a new one, whose targets have been added. */
  BatchOperation start(String id, BatchRequest request, int matched) throws SQLException {
    BatchState state = matched == 0 ? BatchState.SUCCEEDED : BatchState.RUNNING;
    Long priority = request.priority().map(p -> (long) p.value()).orElse(null);
    return NamedSql.on(connection, START)
        .set("name", id)
        .set("kind", request.kind().code())
        .set("filter", request.filter())
        .set("priority", priority)
        .set("force", request.force())
        .set("ignore_dependencies", request.ignoreDependencies())
        .set("per_second", request.perSecond())
        .set("principal", request.actor().principal())
        .set("reason", Rows.storable(request.actor().reason()))
        .set("state", state.code())
        .set("matched", matched)
        .one(BatchRows::read);
  }

  /** Stops one that is locked. */
  BatchOperation stop(String id, Actor actor) throws SQLException {
    return NamedSql.on(connection, STOP)
        .set("name", id)
        .set("principal", actor.principal())
        .set("reason", Rows.storable(actor.reason()))
        .one(BatchRows::read);
  }

  /** Writes what a step has led to. */
  void write(StepResult result) throws SQLException {
    NamedSql.on(connection, STEP)
        .set("name", result.id())
        .set("state", result.state().code())
        .set("done", result.counts().done())
        .set("refused", result.counts().refused())
        .set("delay", Rows.storable(result.delay()))
        .set("failure", Rows.storable(result.failure()))
        .set("rest", result.rest().toNanos() / 1_000)
        .set("tried", result.tried() > 0)
        .set("ended", result.state() != BatchState.RUNNING)
        .update();
  }

  private static BatchOperation read(ResultSet row) throws SQLException {
    int priority = row.getInt("priority");
    BatchRequest request =
        new BatchRequest(
            BatchKind.of(row.getInt("kind")),
            row.getString("filter"),
            priority == 0 ? Optional.empty() : Optional.of(new Priority(priority)),
            row.getBoolean("force"),
            row.getBoolean("ignore_dependencies"),
            row.getInt("per_second"),
            new Actor(row.getString("principal"), row.getString("reason")));
    String stopReason = row.getString("stop_reason");
    return new BatchOperation(
        row.getString("name"),
        request,
        BatchState.of(row.getInt("state")),
        new BatchCounts(row.getInt("matched"), row.getInt("done"), row.getInt("refused")),
        Rows.instant(row, "create_time").orElseThrow(),
        Rows.instant(row, "end_time"),
        Rows.text(row, "stop_principal").map(principal -> new Actor(principal, stopReason)),
        row.getString("failure"));
  }
}
