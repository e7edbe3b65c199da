package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Progress;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the progress of runs. The answer is false where nothing was written: the token is stale,
 * or the task was changed after this transaction had begun.
 */
public final class ReportProgress implements CommandKind<ReportProgress.Report, Boolean> {
  /**
   * A report.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param progress how far it is
   */
  public record Report(TaskKey task, FencingToken token, Progress progress) {
    private Run run() {
      return new Run(task, token);
    }
  }

  private record Run(TaskKey task, FencingToken token) {}

  public static final String TEXT =
      """
      %1$s,
      ask AS MATERIALIZED (
        SELECT * FROM unnest(:tasks::bigint[], :tokens::bigint[], :reports::text[])
          AS a (task, token, report)
        ORDER BY a.task),
      cur AS MATERIALIZED (
        SELECT k.id, ask.report::jsonb AS report FROM ask CROSS JOIN t CROSS JOIN LATERAL (
          SELECT id FROM task
          WHERE id = ask.task AND fencing_token = ask.token AND state IN (%2$d, %3$d)
            AND move_xid <= t.xid FOR UPDATE) k),
      moved AS (
        UPDATE task k SET progress = cur.report, %4$s
        FROM cur, t WHERE k.id = cur.id
        RETURNING k.*),
      logged AS (
        %5$s
        SELECT t.xid, m.revision, t.at, NULL::timestamptz, m.id, m.queue, 2, NULL::smallint,
            NULL::smallint, m.state, m.attempt, m.priority, m.version, 'tasks/' || m.name,
            m.task_type, %6$s, m.progress::text
        FROM moved m, t)
      SELECT id, fencing_token FROM moved"""
          .formatted(
              TaskMoves.NOW,
              TaskState.RUNNING.code(),
              TaskState.CANCELLING.code(),
              TaskMoves.CHANGED,
              TaskMoves.LOG,
              TaskMoves.executor("m.node"));

  @Override
  public CommandOrder order() {
    return CommandOrder.REPORT_PROGRESS;
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<Report> reports) throws SQLException {
    Set<Run> kept = keep(batch, reports);
    return reports.stream().map(report -> Outcome.done(kept.contains(report.run()))).toList();
  }

  /**
   * Writes the last reports of runs that are about to be completed, where they are not written yet.
   */
  static void ofEnded(Batch batch, Collection<CompleteAndClaim.Completion> ended)
      throws SQLException {
    List<Report> reports = new ArrayList<>();
    for (CompleteAndClaim.Completion completion : ended) {
      completion
          .progress()
          .ifPresent(last -> reports.add(new Report(completion.task(), completion.token(), last)));
    }
    if (!reports.isEmpty()) {
      keep(batch, reports);
    }
  }

  /** Writes these reports; of several reports of one run the last counts. */
  private static Set<Run> keep(Batch batch, List<Report> reports) throws SQLException {
    Map<Run, Report> last = new LinkedHashMap<>();
    reports.forEach(report -> last.put(report.run(), report));
    return Set.copyOf(
        NamedSql.on(batch.connection(), TEXT)
            .rows(last.values())
            .add("tasks", "int8", Report::task)
            .add("tokens", "int8", Report::token)
            .add("reports", "text", ReportProgress::storable)
            .list(
                row ->
                    new Run(
                        new TaskKey(row.getLong("id")),
                        new FencingToken(row.getLong("fencing_token")))));
  }

  private static String storable(Report report) {
    return Rows.storable(JsonColumns.progress(report.progress()));
  }
}
