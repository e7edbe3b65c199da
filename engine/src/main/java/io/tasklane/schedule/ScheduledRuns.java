package io.tasklane.schedule;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.Feature;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Task;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Notes the ends of tasks and workflows that schedules have started. It does not lock the
 * schedules, whose looks lock tasks: where the end may decide something, it asks for a look.
 *
 * @param signals sent for the look
 */
public record ScheduledRuns(ReadySignals signals)
    implements CompletionListener, WorkflowListener, Feature {
  /** The bit of {@code NewTask.listeners} in the tasks of schedules. */
  static final int BIT = 1;

  private static final String SQL =
      """
      WITH ended AS (
        UPDATE schedule_run r SET end_time = clock_timestamp(), end_state = e.state
        FROM unnest(:keys::bigint[], :states::int[]) AS e (key, state)
        WHERE r.%s = e.key AND r.end_time IS NULL RETURNING r.schedule)
      INSERT INTO schedule_due (due, schedule)
      SELECT DISTINCT clock_timestamp(), s.id FROM ended e JOIN schedule s ON s.id = e.schedule
      WHERE s.looks_at_ends
      ON CONFLICT DO NOTHING""";
  private static final String TASKS = SQL.formatted("task");
  private static final String WORKFLOWS = SQL.formatted("workflow");

  @Override
  public List<CompletionListener> completionListeners() {
    return List.of(this);
  }

  @Override
  public boolean concerns(EndedTask task) {
    return (task.listeners() & BIT) != 0;
  }

  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    int looks =
        NamedSql.on(batch.connection(), TASKS)
            .rows(ended)
            .add("keys", "int8", EndedTask::id)
            .add("states", "int4", task -> task.state().code())
            .update();
    look(batch, looks);
    return List.of();
  }

  @Override
  public void workflowEnded(Batch batch, Ended workflow) throws SQLException {
    if (workflow.creator().startsWith(Task.SCHEDULE)) {
      int looks =
          NamedSql.on(batch.connection(), WORKFLOWS)
              .rows(List.of(workflow))
              .add("keys", "int8", Ended::key)
              .add("states", "int4", each -> each.state().code())
              .update();
      look(batch, looks);
    }
  }

  private void look(Batch batch, int looks) {
    if (looks > 0) {
      batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    }
  }
}
