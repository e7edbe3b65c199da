package io.tasklane.schedule;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.Feature;
import io.tasklane.signal.ReadySignals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Notes the ends of tasks that schedules have created. It does not lock the schedules, whose looks
 * lock tasks: where the end may decide something, it asks for a look.
 *
 * @param signals sent for the look
 */
public record ScheduledRuns(ReadySignals signals) implements CompletionListener, Feature {
  /** The bit of {@code NewTask.listeners} in the tasks of schedules. */
  static final int BIT = 1;

  private static final String ENDED =
      """
      WITH ended AS (
        UPDATE schedule_run r SET end_time = clock_timestamp(), end_state = e.state
        FROM unnest(:tasks::bigint[], :states::int[]) AS e (task, state)
        WHERE r.task = e.task AND r.end_time IS NULL RETURNING r.schedule)
      INSERT INTO schedule_due (due, schedule)
      SELECT DISTINCT clock_timestamp(), s.id FROM ended e JOIN schedule s ON s.id = e.schedule
      WHERE s.looks_at_ends
      ON CONFLICT DO NOTHING""";

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
        NamedSql.on(batch.connection(), ENDED)
            .rows(ended)
            .add("tasks", "int8", EndedTask::id)
            .add("states", "int4", task -> task.state().code())
            .update();
    if (looks > 0) {
      batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    }
    return List.of();
  }
}
