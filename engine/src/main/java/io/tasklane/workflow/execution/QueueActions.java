package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.key.QueueKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.hold.HeldQueues;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.store.OuterNode;
import io.tasklane.workflow.store.StoredWorkflow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds, releases and takes queues, in the order in which it was decided. */
final class QueueActions {
  @FunctionalInterface
  private interface Wanted {
    List<Step> run() throws SQLException;
  }

  private final List<Wanted> wanted = new ArrayList<>();
  private final HeldQueues queues;
  private final QueueTasks tasks;

  QueueActions(Batch batch, Execution.Tools tools) {
    this.queues = new HeldQueues(batch, tools.signals());
    this.tasks = new QueueTasks(batch, tools.tasks());
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Whether it is one of these actions, which is then done later. */
  boolean accepts(StoredWorkflow workflow, Action action) {
    if (action instanceof Action.HoldQueues hold) {
      return add(() -> queues.hold(workflow.id(), hold.queues(), workflow.compiled().holds()));
    }
    if (action instanceof Action.ReleaseQueue release) {
      return add(() -> queues.release(workflow.id(), release.queue()));
    }
    if (action instanceof Action.TakeQueue take) {
      return wanted.add(() -> take(workflow, take));
    }
    return false;
  }

  /** A workflow has ended: it holds nothing more. */
  void ended(StoredWorkflow workflow) {
    if (!workflow.compiled().holds().queues().isEmpty()) {
      add(() -> queues.release(workflow.id(), ""));
    }
  }

  /** A workflow that had ended goes on. */
  void retried(StoredWorkflow workflow) {
    long outermost = workflow.record().outer().map(OuterNode::outermost).orElse(workflow.id());
    add(() -> queues.makeWay(outermost));
  }

  private interface Change {
    void run() throws SQLException;
  }

  private boolean add(Change change) {
    return wanted.add(
        () -> {
          change.run();
          return List.of();
        });
  }

  /** Takes and releases the queues that were asked for; what follows for the workflows. */
  List<Step> run() throws SQLException {
    List<Wanted> now = new ArrayList<>(wanted);
    wanted.clear();
    List<Step> steps = new ArrayList<>();
    for (Wanted one : now) {
      steps.addAll(one.run());
    }
    return steps;
  }

  private List<Step> take(StoredWorkflow workflow, Action.TakeQueue take) throws SQLException {
    if (take.again()) {
      return tasks.again(workflow, take);
    }
    Optional<QueueKey> queue = queues.lock(take.queue());
    if (queue.isEmpty()) {
      Cause gone =
          Cause.permanent("QUEUE_UNKNOWN", "queues/" + take.queue() + " does not exist any more");
      return List.of(
          new Step(
              workflow.id(),
              new WorkflowEvent.NodeCompleted(
                  take.key(), take.run(), NodeState.FAILED, Optional.of(gone))));
    }
    Step taken = tasks.take(workflow, take, queue.get());
    queues.lookAgain(List.of(queue.get()));
    return List.of(taken);
  }
}
