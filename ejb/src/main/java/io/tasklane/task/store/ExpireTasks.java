package io.tasklane.task.store;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.dependency.EndedTask;
import io.tasklane.dependency.store.EndedRows;
import io.tasklane.dependency.store.TellDependents;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.task.Failure;
import io.tasklane.task.Move;
import io.tasklane.task.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fails what has not started by its expire time, by the database's clock. The command is how many
 * at most; its result how many deadlines it looked at.
 */
public final class ExpireTasks implements CommandKind<Integer, Integer> {
  /** The failure code of a task that was not started in time. */
  public static final String CODE = "EXPIRED";

  private static final String MESSAGE = "it had not started by its expire_time";
  private static final String FINGERPRINT =
      Fingerprint.of(new Failure(Failure.Kind.TIMEOUT, CODE, MESSAGE, "", Instant.EPOCH));

  /** The locks come first, so that what follows sees rows that nobody moves. */
  private static final String SEE =
      """
      SELECT d.due, d.task FROM task_deadline d JOIN task k ON k.id = d.task
      WHERE d.due <= clock_timestamp() AND k.move_xid <= pg_current_xact_id()::text::bigint
      ORDER BY d.due, d.task LIMIT ? FOR UPDATE SKIP LOCKED""";

  private static final String EXPIRE =
      """
      ${NOW},
      over AS (
        DELETE FROM task_deadline d USING unnest(?::timestamptz[], ?::bigint[]) AS s (due, task)
        WHERE d.due = s.due AND d.task = s.task),
      old AS MATERIALIZED (
        SELECT k.id, k.state, k.state_time FROM task k
        WHERE k.id = ANY (?) AND k.start_time IS NULL
          AND k.state IN (${BLOCKED}, ${SCHEDULED}, ${QUEUED})),
      moved AS (
        UPDATE task k SET state = ${FAILED}, state_time = t.at, version = k.version + 1,
            move_xid = t.xid, revision = nextval('event_seq'), end_time = t.at,
            failure_kind = ${TIMEOUT}, failure_code = '${CODE}',
            failure_message = '${MESSAGE}', failure_trace = '',
            failure_time = t.at
        FROM old, t WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, ${EXPIRE} AS move,
            'system:due' AS actor, k.failure_code AS data),
      unready AS (
        DELETE FROM task_ready r USING moved m
        WHERE r.queue = m.queue AND r.rank = 1 AND r.order_key = m.order_key AND r.task = m.id
        RETURNING r.task),
      unaside AS (
        DELETE FROM task_aside a USING moved m WHERE a.queue = m.queue AND a.task = m.id),
      undue AS (
        DELETE FROM task_due d USING moved m WHERE d.due = m.run_after AND d.task = m.id),
      unblocked AS (
        DELETE FROM task_blocked b USING moved m WHERE b.queue = m.queue AND b.task = m.id),
      buried AS (
        INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)
        SELECT m.id, m.queue, m.task_type, '${CODE}', '${FINGERPRINT}', t.at FROM moved m, t),
      ${DEDUPLICATED},
      ${LOGGED}
      SELECT ${COLUMNS} FROM moved WHERE ${AWAITED}"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${DEDUPLICATED}", TaskMoves.DEDUPLICATED)
          .replace("${LOGGED}", TaskMoves.LOGGED)
          .replace("${COLUMNS}", EndedRows.COLUMNS)
          .replace("${AWAITED}", EndedRows.AWAITED)
          .replace("${CODE}", CODE)
          .replace("${MESSAGE}", MESSAGE)
          .replace("${FINGERPRINT}", FINGERPRINT)
          .replace("${TIMEOUT}", Integer.toString(Failure.Kind.TIMEOUT.code()))
          .replace("${EXPIRE}", Integer.toString(Move.EXPIRE.code()))
          .replace("${BLOCKED}", Integer.toString(TaskState.BLOCKED.code()))
          .replace("${SCHEDULED}", Integer.toString(TaskState.SCHEDULED.code()))
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${FAILED}", Integer.toString(TaskMoves.target(TaskState.QUEUED, Move.EXPIRE)));

  private final TellDependents dependents;

  /** Tells those who need what has expired. */
  public ExpireTasks(TellDependents dependents) {
    this.dependents = dependents;
  }

  @Override
  public int rank() {
    return 45;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      outcomes.add(Outcome.done(expire(batch, limit)));
    }
    return outcomes;
  }

  /** Fails what is overdue, at most so many; tells how many deadlines have been dealt with. */
  int expire(Batch batch, int limit) throws SQLException {
    Connection connection = batch.connection();
    List<Object> due = new ArrayList<>();
    List<Object> tasks = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SEE)) {
      statement.setInt(1, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          due.add(row.getTimestamp(1));
          tasks.add(row.getLong(2));
        }
      }
    }
    if (!tasks.isEmpty()) {
      dependents.tellOf(batch, expire(connection, due.toArray(), tasks.toArray()));
    }
    return tasks.size();
  }

  private static List<EndedTask> expire(Connection connection, Object[] due, Object[] tasks)
      throws SQLException {
    List<EndedTask> needed = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", due));
      statement.setArray(2, connection.createArrayOf("int8", tasks));
      statement.setArray(3, connection.createArrayOf("int8", tasks));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          needed.add(EndedRows.read(row));
        }
      }
    }
    return needed;
  }
}
