package io.tasklane.tasktype;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.Optional;

/** Deletes task types by name; the result is what was deleted. */
final class DeleteTypes implements SingleCommand<String, StoredType> {
  private static final String UNFINISHED =
      """
      SELECT k.name FROM queue q CROSS JOIN LATERAL (
        SELECT name FROM task k
        WHERE k.queue = q.id AND k.task_type = :name AND k.state < %d LIMIT 1) k LIMIT 1"""
          .formatted(TaskState.SUCCEEDED.code());

  private static final String SERVED =
      "SELECT name FROM worker WHERE state <= 3 AND :name = ANY (task_types) LIMIT 1";

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_TASK_TYPES;
  }

  @Override
  public Outcome<StoredType> executeOne(Batch batch, String name) throws SQLException {
    TypeRows rows = new TypeRows(batch.connection());
    Optional<StoredType> stored = rows.lock(name);
    if (stored.isEmpty()) {
      return Outcome.refused(notFound(name));
    }
    Optional<String> task =
        NamedSql.on(batch.connection(), UNFINISHED)
            .set("name", name)
            .first(row -> row.getString(1));
    if (task.isPresent()) {
      return Outcome.refused(inUse(name, "tasks/" + task.get() + " has it and has not ended"));
    }
    Optional<String> worker =
        NamedSql.on(batch.connection(), SERVED).set("name", name).first(row -> row.getString(1));
    if (worker.isPresent()) {
      return Outcome.refused(inUse(name, "workers/" + worker.get() + " serves it"));
    }
    rows.delete(name);
    return Outcome.done(stored.get());
  }

  static Refusal notFound(String name) {
    return Refusal.notFound(
        RefusalReason.TASK_TYPE_NOT_FOUND, "task_types/" + name, "does not exist");
  }

  static Refusal inUse(String name, String why) {
    return Refusal.precondition(RefusalReason.TASK_TYPE_IN_USE, "task_types/" + name, why);
  }
}
