package io.tasklane.ingress;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the replies that are to be sent, in the commands whose effect they tell: as its part in
 * the ends of tasks too.
 *
 * @param wake called after the commit
 */
record ReplyRows(Runnable wake) implements CompletionListener {
  /** The bit of {@code NewTask.listeners} in tasks whose requesters wait for the end. */
  static final int BIT = 8;

  private static final String WRITE =
      """
      INSERT INTO ingress_reply (kind, task_name, problem, destination, take_after)
      VALUES (:kind, :name, :problem, :destination, clock_timestamp())""";

  /** Those whose end is still to come; the statement locks the task against it. */
  private static final String LISTEN =
      """
      UPDATE task SET listeners = listeners | :bit WHERE id = :task AND state < :final""";

  private static final String RETURN =
      """
      INSERT INTO ingress_return (task, task_name, destination)
      VALUES (:task, :name, :destination) ON CONFLICT DO NOTHING""";

  private static final String ENDED =
      """
      WITH gone AS (
        DELETE FROM ingress_return WHERE task = ANY (:tasks) RETURNING task_name, destination)
      INSERT INTO ingress_reply (kind, task_name, problem, destination, take_after)
      SELECT :kind, task_name, '', destination, clock_timestamp() FROM gone""";

  /** The task exists: says so, and says later how it has ended, or now if it has. */
  void accepted(Batch batch, long task, String name, ReplyAddress address) throws SQLException {
    write(batch, Reply.Kind.ACCEPTED, name, "", address);
    boolean open =
        NamedSql.on(batch.connection(), LISTEN)
                .set("bit", BIT)
                .set("task", task)
                .set("final", TaskState.SUCCEEDED.code())
                .update()
            == 1;
    if (open) {
      NamedSql.on(batch.connection(), RETURN)
          .set("task", task)
          .set("name", name)
          .set("destination", address.write())
          .update();
    } else {
      write(batch, Reply.Kind.ENDED, name, "", address);
    }
  }

  /** There is no task, and will be none. */
  void rejected(Batch batch, String problem, ReplyAddress address) throws SQLException {
    write(batch, Reply.Kind.REJECTED, "", problem, address);
  }

  private void write(
      Batch batch, Reply.Kind kind, String name, String problem, ReplyAddress address)
      throws SQLException {
    NamedSql.on(batch.connection(), WRITE)
        .set("kind", kind.code())
        .set("name", name)
        .set("problem", problem)
        .set("destination", address.write())
        .update();
    batch.afterCommit(wake);
  }

  @Override
  public boolean concerns(EndedTask task) {
    return (task.listeners() & BIT) != 0;
  }

  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    int replies =
        NamedSql.on(batch.connection(), ENDED)
            .set("kind", Reply.Kind.ENDED.code())
            .rows(ended)
            .add("tasks", "int8", EndedTask::id)
            .update();
    if (replies > 0) {
      batch.afterCommit(wake);
    }
    return List.of();
  }
}
