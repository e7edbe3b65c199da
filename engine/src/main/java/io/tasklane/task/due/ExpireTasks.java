package io.tasklane.task.due;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.dependency.EndedTask;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
 */
public final class ExpireTasks implements CommandKind<Integer, Integer> {
  /** Locks first, so that the next statement sees rows that nobody moves. */
  private static final String SEE =
      """
      SELECT d.due, d.task FROM task_deadline d JOIN task k ON k.id = d.task
      WHERE d.due <= clock_timestamp() AND k.move_xid <= pg_current_xact_id()::text::bigint
      ORDER BY d.due, d.task LIMIT ? FOR UPDATE SKIP LOCKED""";

  private static final String LOOK_NOW =
      """
      INSERT INTO task_deadline (due, task) VALUES (clock_timestamp(), ?)
      ON CONFLICT DO NOTHING""";

  private final TaskEnds ends;
  private final ReadySignals signals;

  /**
   * Creates the command with the parts it uses.
   *
   * @param ends runs the listeners of failed tasks
   * @param signals sent for when to check again
   */
  public ExpireTasks(TaskEnds ends, ReadySignals signals) {
    this.ends = ends;
    this.signals = signals;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.EXPIRE_TASKS;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      outcomes.add(Outcome.done(expire(batch, limit)));
    }
    return outcomes;
  }

  /** Does it at once, and also checks this task, which was found unfit to start. */
  public void expire(Batch batch, int limit, long unfit) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(LOOK_NOW)) {
      statement.setLong(1, unfit);
      statement.executeUpdate();
    }
    expire(batch, limit);
  }

  private int expire(Batch batch, int limit) throws SQLException {
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
      look(batch, due.toArray(), tasks.toArray());
    }
    return tasks.size();
  }

  private void look(Batch batch, Object[] due, Object[] tasks) throws SQLException {
    Connection connection = batch.connection();
    List<EndedTask> awaited = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ExpireStatement.SQL)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", due));
      statement.setArray(2, connection.createArrayOf("int8", tasks));
      statement.setArray(3, connection.createArrayOf("int8", tasks));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getObject("id") != null) {
            awaited.add(EndedRows.read(row));
          } else {
            Duration again = Duration.ofMillis(row.getLong("again_in"));
            batch.afterCommit(() -> signals.dueIn(again));
          }
        }
      }
    }
    ends.after(batch, awaited);
  }
}
