package io.tasklane.task.run;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Writes checkpoints of runs. Nothing is written for a run whose lease is over. */
public final class SaveCheckpoints implements SingleCommand<SaveCheckpoints.Save, Boolean> {
  /**
   * A checkpoint.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param state what the next run needs to continue
   */
  public record Save(TaskKey task, FencingToken token, Payload state) {}

  private static final String SQL =
      """
      INSERT INTO task_checkpoint (task, token, content_type, body)
      SELECT k.id, k.fencing_token, :content_type, :body FROM task k
      WHERE k.id = :task AND k.fencing_token = :token AND k.state IN (%d, %d)
      ON CONFLICT (task) DO UPDATE SET token = EXCLUDED.token,
          content_type = EXCLUDED.content_type, body = EXCLUDED.body"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());
  private static final String FIND =
      "SELECT content_type, body FROM task_checkpoint WHERE task = :task";

  @Override
  public CommandOrder order() {
    return CommandOrder.SAVE_CHECKPOINTS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Save save) throws SQLException {
    int saved =
        NamedSql.on(batch.connection(), SQL)
            .set("content_type", save.state().contentType())
            .set("body", save.state().body())
            .set("task", save.task())
            .set("token", save.token())
            .update();
    return Outcome.done(saved == 1);
  }

  /** The last checkpoint of this task. */
  public static Optional<Payload> find(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, FIND)
        .set("task", task)
        .first(row -> new Payload(row.getString(1), row.getBytes(2)));
  }
}
