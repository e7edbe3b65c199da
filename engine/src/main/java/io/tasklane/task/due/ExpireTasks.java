package io.tasklane.task.due;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fails waiting tasks that have no time left, by the database's clock: those that have not started
 * by their expire time or within their queue timeout, and those whose total timeout is over. The
 * command is the maximum number of deadlines to check; the result is how many were checked.
 *
 * <p>A deadline only says when to check a task. The task's row decides, and where the time is not
 * over, or has not begun to count, the task is checked again. So neither a release nor a start has
 * to write the end of a limit that begins with it.
 *
 * @param ends runs the listeners of failed tasks
 * @param signals sent for when to check again
 */
public record ExpireTasks(TaskEnds ends, ReadySignals signals)
    implements SingleCommand<Integer, Integer> {
  /** Locks first, so that the next statement sees rows that nobody moves. */
  private static final String SEE =
      """
      SELECT d.due, d.task FROM task_deadline d JOIN task k ON k.id = d.task
      WHERE d.due <= clock_timestamp() AND k.move_xid <= pg_current_xact_id()::text::bigint
      ORDER BY d.due, d.task LIMIT :limit FOR UPDATE SKIP LOCKED""";

  private static final String LOOK_NOW =
      """
      INSERT INTO task_deadline (due, task) VALUES (clock_timestamp(), :task)
      ON CONFLICT DO NOTHING""";

  private record Deadline(Timestamp due, TaskKey task) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.EXPIRE_TASKS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    return Outcome.done(expire(batch, limit));
  }

  /** Does it at once, and also checks this task, which was found unfit to start. */
  public void expire(Batch batch, int limit, TaskKey unfit) throws SQLException {
    NamedSql.on(batch.connection(), LOOK_NOW).set("task", unfit).update();
    expire(batch, limit);
  }

  private int expire(Batch batch, int limit) throws SQLException {
    List<Deadline> deadlines =
        NamedSql.on(batch.connection(), SEE)
            .set("limit", limit)
            .list(row -> new Deadline(row.getTimestamp(1), new TaskKey(row.getLong(2))));
    if (!deadlines.isEmpty()) {
      look(batch, deadlines);
    }
    return deadlines.size();
  }

  private void look(Batch batch, List<Deadline> deadlines) throws SQLException {
    List<EndedTask> awaited = new ArrayList<>();
    NamedSql.on(batch.connection(), ExpireStatement.SQL)
        .rows(deadlines)
        .add("dues", "timestamptz", Deadline::due)
        .add("tasks", "int8", Deadline::task)
        .each(
            row -> {
              if (row.getObject("id") != null) {
                awaited.add(EndedRows.read(row));
              } else {
                Duration again = Duration.ofMillis(row.getLong("again_in"));
                batch.afterCommit(() -> signals.dueIn(again));
              }
            });
    ends.after(batch, awaited);
  }
}
