package io.tasklane.task.run;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes what runs under way have logged, so that it can be read before they end; removes it where
 * they end, because the attempt has it then. Nothing is written for a run whose lease is over.
 */
final class SaveLogs implements SingleCommand<SaveLogs.Save, Boolean> {
  /**
   * A log.
   *
   * @param task key of the row
   * @param token fencing token of the run
   * @param text of the log so far; empty to remove it
   */
  record Save(TaskKey task, FencingToken token, Optional<String> text) {}

  private static final String WRITE =
      """
      INSERT INTO task_log (task, token, log)
      SELECT k.id, k.fencing_token, :log FROM task k
      WHERE k.id = :task AND k.fencing_token = :token AND k.state IN (%d, %d)
      ON CONFLICT (task, token) DO UPDATE SET log = excluded.log"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());
  private static final String REMOVE = "DELETE FROM task_log WHERE task = :task AND token = :token";

  @Override
  public CommandOrder order() {
    return CommandOrder.SAVE_LOGS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Save save) throws SQLException {
    if (save.text().isEmpty()) {
      return Outcome.done(
          NamedSql.on(batch.connection(), REMOVE)
                  .set("task", save.task())
                  .set("token", save.token())
                  .update()
              == 1);
    }
    return Outcome.done(
        NamedSql.on(batch.connection(), WRITE)
                .set("task", save.task())
                .set("token", save.token())
                .set("log", Rows.storable(save.text().get()))
                .update()
            == 1);
  }
}
