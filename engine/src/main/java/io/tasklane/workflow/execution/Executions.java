package io.tasklane.workflow.execution;

import io.tasklane.artifact.LargeValues;
import io.tasklane.commit.Batch;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.signal.ReadySignals;
import io.tasklane.workflow.store.StoredDefinitions;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Decides about what happened to workflows, within the transaction in which it happened. */
final class Executions {
  private final StoredDefinitions definitions = new StoredDefinitions();
  private final ReadySignals signals;

  /** The one that runs on this thread: what its own actions lead to belongs to it. */
  private final ThreadLocal<Execution> running = new ThreadLocal<>();

  private Supplier<TaskOrders> orders = () -> null;
  private LargeValues values = LargeValues.NONE;
  private WorkflowListener ends = (batch, ended) -> {};

  Executions(ReadySignals signals) {
    this.signals = signals;
  }

  /** What creates and cancels tasks; those commands take part in this, and so come later. */
  void use(TaskOrders tasks) {
    orders = () -> tasks;
  }

  /** What is called when a workflow has ended. */
  void onEnd(WorkflowListener listener) {
    ends = listener;
  }

  /** What reads large values. */
  void use(LargeValues large) {
    values = large;
  }

  /**
   * Decides, writes and acts, until nothing follows any more.
   *
   * @param actor principal of whoever causes it
   * @throws SQLException also where a workflow has changed in a newer transaction, so that this one
   *     is rolled back and tried again
   */
  void run(Batch batch, String actor, List<Step> steps) throws SQLException {
    Execution present = running.get();
    if (present != null) {
      present.add(steps);
      return;
    }
    Execution execution = begin(batch, actor);
    execution.add(steps);
    run(execution);
  }

  /** Part of a command, in which tasks end. */
  interface Part {
    void run(TaskOrders tasks) throws SQLException;
  }

  /** Runs this part, and decides together about all that it ends. */
  void together(Batch batch, String actor, Part part) throws SQLException {
    Execution execution = begin(batch, actor);
    running.set(execution);
    try {
      part.run(orders.get());
      execution.run();
    } finally {
      running.remove();
    }
  }

  /** A new execution, which {@link #run(Execution)} carries out. */
  Execution begin(Batch batch, String actor) {
    return new Execution(
        batch, new Execution.Tools(orders.get(), definitions, values, signals, ends), actor);
  }

  /** Carries it out. */
  void run(Execution execution) throws SQLException {
    running.set(execution);
    try {
      execution.run();
    } finally {
      running.remove();
    }
  }
}
