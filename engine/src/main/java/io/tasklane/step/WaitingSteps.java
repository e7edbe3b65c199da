package io.tasklane.step;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.TaskKey;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins a sleep or a wait for an event, or ends it where its time has come. Its due time is that
 * of the first report: a crash does not prolong it. A wait sees the events that stand in the log
 * after the transaction that began it.
 *
 * @param batch the transaction
 * @param entry what the run says
 */
record WaitingSteps(Batch batch, RecordSteps.Entry entry) {
  private static final String LIVE =
      """
      SELECT id FROM task WHERE name = :task AND fencing_token = :token AND state IN (%d, %d)
      FOR NO KEY UPDATE"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  /** A wait that failed in an earlier attempt begins anew. */
  private static final String BEGIN =
      """
      %s,
      k AS (SELECT id, attempt FROM task WHERE id = :id)
      INSERT INTO task_step AS s (task, name, number, kind, state, attempt, token, start_time, due)
      SELECT k.id, :step,
          (SELECT coalesce(max(number), 0) + 1 FROM task_step WHERE task = :id), :kind, %d,
          k.attempt, :token, t.at, t.at + :wait * interval '1 ms'
      FROM k, t
      ON CONFLICT (task, name) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
          token = excluded.token, start_time = excluded.start_time, due = excluded.due,
          end_time = NULL, failure_kind = NULL, failure_code = NULL, failure_message = NULL"""
          .formatted(TaskMoves.NOW, StepState.WAITING.code());

  private static final String COUNT = "SELECT count(*) FROM task_step WHERE task = :id";

  /** The first wait of all begins to read the log where it stands; see EventWaits of workflows. */
  private static final String FIRST =
      """
      UPDATE step_cursor SET xid = pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1,
          seq = 9223372036854775807
      WHERE NOT EXISTS (SELECT FROM step_wait)
        AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1""";

  private static final String AWAIT =
      """
      INSERT INTO step_wait (task, step, event_type, condition, xid, due)
      SELECT s.task, s.name, :type, :condition, pg_current_xact_id()::text::bigint, s.due
      FROM task_step s WHERE s.task = :id AND s.name = :step
      ON CONFLICT (task, step) DO UPDATE SET event_type = excluded.event_type,
          condition = excluded.condition, xid = excluded.xid, due = excluded.due""";

  KnownStep begin() throws SQLException {
    TaskKey task =
        NamedSql.on(batch.connection(), LIVE)
            .set("task", entry.taskId())
            .set("token", entry.token())
            .first(row -> new TaskKey(row.getLong(1)))
            .orElseThrow(() -> RecordSteps.stale(entry));
    Optional<KnownStep> before = find();
    if (before.isPresent() && before.get().step().kind() != entry.kind()) {
      throw RecordSteps.otherKind(entry, before.get().step());
    }
    if (before.isEmpty()) {
      requireRoom(task);
    }
    if (before.isEmpty() || before.get().step().state() == StepState.FAILED) {
      insert(task);
    }
    KnownStep known = find().orElseThrow();
    if (known.step().state() == StepState.WAITING && known.left().isZero()) {
      SettleSteps.settle(
          batch.connection(), task, entry.step(), SettleSteps.Settlement.timeIsUp(entry.kind()));
      known = find().orElseThrow();
    }
    return known;
  }

  private Optional<KnownStep> find() throws SQLException {
    return StepRows.find(batch.connection(), entry.taskId(), entry.step());
  }

  private void requireRoom(TaskKey task) throws SQLException {
    long steps = on(COUNT, task).one(row -> row.getLong(1));
    if (steps >= TaskStep.MOST) {
      throw RecordSteps.tooMany(entry);
    }
  }

  private void insert(TaskKey task) throws SQLException {
    Duration wait =
        entry.report() instanceof StepReport.Sleeps sleeps
            ? sleeps.duration()
            : ((StepReport.Awaits) entry.report()).timeout();
    on(BEGIN, task)
        .set("step", entry.step())
        .set("kind", entry.kind().code())
        .set("token", entry.token())
        .set("wait", wait.toMillis())
        .update();
    if (entry.report() instanceof StepReport.Awaits awaits) {
      NamedSql.on(batch.connection(), FIRST).update();
      on(AWAIT, task)
          .set("step", entry.step())
          .set("type", awaits.eventType())
          .set("condition", awaits.condition())
          .update();
    }
  }

  private Parameters on(String sql, TaskKey task) throws SQLException {
    return NamedSql.on(batch.connection(), sql).set("id", task);
  }
}
