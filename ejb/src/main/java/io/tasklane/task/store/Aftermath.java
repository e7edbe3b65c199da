package io.tasklane.task.store;

import io.tasklane.dependency.EndedTask;
import io.tasklane.dependency.store.TellDependents;
import io.tasklane.ordering.store.KeyedTask;
import io.tasklane.ordering.store.OrderingGates;
import io.tasklane.queue.KeyRetry;
import io.tasklane.store.Batch;
import io.tasklane.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the settlement of a run brings about for other tasks, in the same command. */
public final class Aftermath {
  private final TellDependents dependents;
  private final OrderingGates gates;

  /**
   * Makes it.
   *
   * @param dependents tells those who need a settled task
   * @param gates pass the turn of ordering keys on
   */
  public Aftermath(TellDependents dependents, OrderingGates gates) {
    this.dependents = dependents;
    this.gates = gates;
  }

  /** Of the columns {@code heard...} of a turn's row, where it has any. */
  void of(Batch batch, ResultSet row) throws SQLException {
    if (row.getObject("heard") == null) {
      return;
    }
    long task = row.getLong("heard");
    TaskState state = TaskState.of(row.getInt("heard_state"));
    Optional<String> key = Optional.ofNullable(row.getString("heard_key"));
    if (state.isFinal()) {
      boolean needed = row.getBoolean("heard_needed");
      String name = row.getString("heard_name");
      dependents.tellOf(batch, List.of(new EndedTask(task, name, state, needed, key)));
    } else if (key.isPresent() && state == TaskState.RETRY_WAIT && passes(row)) {
      gates.rest(batch, new KeyedTask(key.get(), task));
    }
  }

  private static boolean passes(ResultSet row) throws SQLException {
    return KeyRetry.of(row.getInt("heard_key_retry")) == KeyRetry.PASS;
  }
}
