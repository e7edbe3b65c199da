package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.dependency.EndedRows;
import io.tasklane.dependency.EndedTask;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.ordering.KeyedTask;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.KeyRetry;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the completion of a run changes for other tasks, in the same command: dependents, ordering
 * keys and resource units.
 */
public final class AfterCompletion {
  private final ResolveDependents dependents;
  private final OrderingGates gates;
  private final ResourceUnits units;

  /**
   * Takes the parts that it uses.
   *
   * @param dependents releases or skips the dependents of completed tasks
   * @param gates pass on the turn of ordering keys
   * @param units of resources that the run held
   */
  public AfterCompletion(ResolveDependents dependents, OrderingGates gates, ResourceUnits units) {
    this.dependents = dependents;
    this.gates = gates;
    this.units = units;
  }

  /** Releases or skips the dependents of a task. */
  ResolveDependents dependents() {
    return dependents;
  }

  /** Reads the columns {@code awaited...} of a statement's row, if they are set. */
  void of(Batch batch, ResultSet row) throws SQLException {
    if (row.getObject("awaited") == null) {
      return;
    }
    long task = row.getLong("awaited");
    TaskState state = TaskState.of(row.getInt("awaited_state"));
    Optional<String> key = Optional.ofNullable(row.getString("awaited_key"));
    if (state.isFinal()) {
      boolean needed = row.getBoolean("awaited_needed");
      String name = row.getString("awaited_name");
      boolean holds = row.getBoolean("awaited_units");
      dependents.resolve(batch, List.of(new EndedTask(task, name, state, needed, key, holds)));
      return;
    }
    if (row.getBoolean("awaited_units")) {
      units.release(batch, List.of(task));
    }
    if (key.isPresent() && state == TaskState.RETRY_WAIT && passes(row)) {
      gates.rest(batch, new KeyedTask(key.get(), task));
    }
  }

  private static boolean passes(ResultSet row) throws SQLException {
    return KeyRetry.of(row.getInt("awaited_key_retry")) == KeyRetry.PASS;
  }

  /** Runs that were completed together and that others wait for. */
  static final class CompletedRuns {
    private final List<EndedTask> ended = new ArrayList<>();
    private final List<Long> released = new ArrayList<>();

    /** Adds a completed row, with the columns of {@link EndedRows}. */
    void add(ResultSet row) throws SQLException {
      EndedTask task = EndedRows.read(row);
      if (task.state().isFinal() && task.isAwaited()) {
        ended.add(task);
      } else if (task.holdsUnits()) {
        released.add(task.id());
      }
    }
  }

  /**
   * Handles runs that were completed together; none of them has the turn of a key and waits for a
   * retry.
   */
  void of(Batch batch, CompletedRuns completed) throws SQLException {
    units.release(batch, completed.released);
    dependents.resolve(batch, completed.ended);
  }
}
