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

/** What the settlement of a run brings about for other tasks, in the same command. */
public final class AfterCompletion {
  private final ResolveDependents dependents;
  private final OrderingGates gates;
  private final ResourceUnits units;

  /**
   * Makes it.
   *
   * @param dependents tells those who need a settled task
   * @param gates pass the turn of ordering keys on
   * @param units that the run held
   */
  public AfterCompletion(ResolveDependents dependents, OrderingGates gates, ResourceUnits units) {
    this.dependents = dependents;
    this.gates = gates;
    this.units = units;
  }

  /** Tells those who need a task. */
  ResolveDependents dependents() {
    return dependents;
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
      boolean holds = row.getBoolean("heard_units");
      dependents.tellOf(batch, List.of(new EndedTask(task, name, state, needed, key, holds)));
      return;
    }
    if (row.getBoolean("heard_units")) {
      units.release(batch, List.of(task));
    }
    if (key.isPresent() && state == TaskState.RETRY_WAIT && passes(row)) {
      gates.rest(batch, new KeyedTask(key.get(), task));
    }
  }

  private static boolean passes(ResultSet row) throws SQLException {
    return KeyRetry.of(row.getInt("heard_key_retry")) == KeyRetry.PASS;
  }

  /** Runs that were settled together and that others wait for. */
  static final class Noted {
    private final List<EndedTask> ended = new ArrayList<>();
    private final List<Long> released = new ArrayList<>();

    /** Takes in a settled row, with the columns of {@link EndedRows}. */
    void note(ResultSet row) throws SQLException {
      EndedTask task = EndedRows.read(row);
      if (task.state().isFinal() && task.isAwaited()) {
        ended.add(task);
      } else if (task.holdsUnits()) {
        released.add(task.id());
      }
    }
  }

  /** Of runs that were settled together; none of them has the turn of a key and rests. */
  void of(Batch batch, Noted noted) throws SQLException {
    units.release(batch, noted.released);
    dependents.tellOf(batch, noted.ended);
  }
}
