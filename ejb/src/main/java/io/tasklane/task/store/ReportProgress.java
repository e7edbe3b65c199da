package io.tasklane.task.store;

import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.store.Rows;
import io.tasklane.task.Progress;
import io.tasklane.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps how far runs are. A report with a stale token is refused, and the run learns of it. */
public final class ReportProgress implements CommandKind<ReportProgress.Report, Boolean> {
  /**
   * A report.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param progress how far it is
   */
  public record Report(long task, long token, Progress progress) {}

  private static final String SQL =
      """
      %1$s,
      moved AS (
        UPDATE task k SET progress = ?::jsonb, version = k.version + 1, move_xid = t.xid,
            revision = nextval('event_seq')
        FROM t WHERE k.id = ? AND k.fencing_token = ? AND k.state IN (%2$d, %3$d)
          AND k.move_xid <= t.xid
        RETURNING k.*),
      logged AS (
        INSERT INTO task_event (xid, seq, time, task, queue, kind, to_state, attempt, priority,
            version, subject, task_type, actor, data)
        SELECT t.xid, m.revision, t.at, m.id, m.queue, 2, m.state, m.attempt, m.priority, m.version,
            'tasks/' || m.name, m.task_type, 'nodes/' || m.node, m.progress::text
        FROM moved m, t)
      SELECT 1 FROM moved"""
          .formatted(TaskMoves.NOW, TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  @Override
  public int rank() {
    return 18; // before the turn of the same batch, which may end the run
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<Report> reports) throws SQLException {
    List<Outcome<Boolean>> outcomes = new ArrayList<>();
    for (Report report : reports) {
      try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
        statement.setString(1, Rows.storable(JsonColumns.progress(report.progress())));
        statement.setLong(2, report.task());
        statement.setLong(3, report.token());
        try (ResultSet row = statement.executeQuery()) {
          outcomes.add(Outcome.done(row.next()));
        }
      }
    }
    return outcomes;
  }
}
