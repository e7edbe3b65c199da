package io.tasklane.task.run;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes checkpoints of runs. Nothing is written for a run whose lease is over. */
public final class SaveCheckpoints implements CommandKind<SaveCheckpoints.Save, Boolean> {
  /**
   * A checkpoint.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param state what the next run needs to continue
   */
  public record Save(long task, long token, Payload state) {}

  private static final String SQL =
      """
      INSERT INTO task_checkpoint (task, token, content_type, body)
      SELECT k.id, k.fencing_token, ?, ? FROM task k
      WHERE k.id = ? AND k.fencing_token = ? AND k.state IN (%d, %d)
      ON CONFLICT (task) DO UPDATE SET token = EXCLUDED.token,
          content_type = EXCLUDED.content_type, body = EXCLUDED.body"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());
  private static final String FIND =
      "SELECT content_type, body FROM task_checkpoint WHERE task = ?";

  @Override
  public CommandOrder order() {
    return CommandOrder.SAVE_CHECKPOINTS;
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<Save> saves) throws SQLException {
    List<Outcome<Boolean>> outcomes = new ArrayList<>();
    for (Save save : saves) {
      try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
        statement.setString(1, save.state().contentType());
        statement.setBytes(2, save.state().body());
        statement.setLong(3, save.task());
        statement.setLong(4, save.token());
        outcomes.add(Outcome.done(statement.executeUpdate() == 1));
      }
    }
    return outcomes;
  }

  /** The last checkpoint of this task. */
  public static Optional<Payload> find(Connection connection, long task) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, task);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Payload(row.getString(1), row.getBytes(2)))
            : Optional.empty();
      }
    }
  }
}
