package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.key.TaskKey;
import io.tasklane.step.CopiedSteps;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.input.LargeInput;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.wait.EventWaits;
import io.tasklane.workflow.wait.Timers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what was decided, after it was written. What comes of it at once is a further step. */
final class ActionRunner {
  private record Start(StoredWorkflow workflow, NodeKey key, int run, TaskStart task) {
    /** One whose input is there already. */
    Start(StoredWorkflow workflow, NodeKey key, int run) {
      this(workflow, key, run, null);
    }
  }

  private record StoredStart(StoredWorkflow workflow, LargeInput.Stored input) {}

  private record StartKey(long workflow, NodeKey node) {}

  private record Ordered(Start start, NewTask task) {}

  private final Batch batch;
  private final Execution.Tools tools;
  private final Deque<Step> steps;
  private final Timers timers;
  private final EventWaits waits;
  private final NestedStarts nested;
  private final Map<StartKey, Start> starts = new LinkedHashMap<>();
  private final List<StoredStart> stored = new ArrayList<>();
  private final NodeCancels cancels;
  private final QueueActions queues;

  ActionRunner(Batch batch, Execution.Tools tools, Deque<Step> steps) {
    this.batch = batch;
    this.tools = tools;
    this.steps = steps;
    this.timers = new Timers(batch, tools.signals());
    this.waits = new EventWaits(batch.connection());
    this.cancels = new NodeCancels(batch, tools);
    this.queues = new QueueActions(batch, tools);
    this.nested = new NestedStarts(batch, tools.signals());
  }

  boolean isEmpty() {
    return starts.isEmpty()
        && stored.isEmpty()
        && cancels.isEmpty()
        && timers.isEmpty()
        && waits.isEmpty()
        && queues.isEmpty()
        && nested.isEmpty();
  }

  void add(StoredWorkflow workflow, Action action) throws SQLException {
    if (action instanceof Action.StartTask start) {
      starts.put(
          new StartKey(workflow.id(), start.key()),
          new Start(workflow, start.key(), start.run(), start.task()));
    } else if (action instanceof Action.StartWorkflow start) {
      nested.order(workflow.id(), start);
    } else if (action instanceof Action.Cancel cancel) {
      cancel(workflow, cancel);
    } else if (action instanceof Action.SetTimer timer) {
      timers.set(workflow.id(), timer);
    } else if (action instanceof Action.AwaitEvent await) {
      await(workflow, await);
    } else if (!queues.accepts(workflow, action)) {
      throw new IllegalStateException("nothing does " + action + ": it is refused at the start");
    }
  }

  /** The task of an input that is stored now is to be created. */
  void add(StoredWorkflow workflow, LargeInput.Stored input) {
    stored.add(new StoredStart(workflow, input));
  }

  /** A task that was to be created by this very command is not created at all. */
  private void cancel(StoredWorkflow workflow, Action.Cancel cancel) throws SQLException {
    if (workflow.compiled().placement(cancel.key()).node().kind() instanceof SubWorkflow) {
      cancelNested(workflow, cancel);
    } else if (starts.remove(new StartKey(workflow.id(), cancel.key())) == null) {
      cancels.add(workflow, cancel);
    } else {
      cancelled(workflow, cancel);
    }
  }

  private void cancelNested(StoredWorkflow workflow, Action.Cancel cancel) throws SQLException {
    if (nested.withdraw(workflow.id(), cancel.key())) {
      cancelled(workflow, cancel);
      return;
    }
    long inside = workflow.subWorkflowOf(cancel.key());
    Actor actor = NodeCancels.actor(workflow, cancel.cause());
    steps.add(new Step(inside, new WorkflowEvent.CancelRequested(actor)));
  }

  /** It has not started yet. */
  private void cancelled(StoredWorkflow workflow, Action.Cancel cancel) {
    steps.add(
        new Step(
            workflow.id(),
            new WorkflowEvent.NodeCompleted(
                cancel.key(), cancel.run(), NodeState.CANCELLED, Optional.of(cancel.cause()))));
  }

  /** People find approvals by their nodes. */
  private void await(StoredWorkflow workflow, Action.AwaitEvent await) {
    if (await.awaited().approvals() == 0) {
      waits.begin(workflow.id(), await);
    }
  }

  /** A node that waits for an event has ended, or has what it waited for. */
  void waitEnded(StoredWorkflow workflow, NodeKey key) {
    waits.end(workflow.id(), key);
  }

  /** Sets the timer of the time limit of a workflow, if it has one. */
  void limitTime(StoredWorkflow workflow) {
    workflow
        .compiled()
        .definition()
        .timeLimit()
        .ifPresent(
            limit -> {
              Instant due = workflow.now().plus(limit);
              timers.setLimit(workflow.id(), workflow.status().run(), due);
            });
  }

  /** A workflow has ended. */
  void ended(StoredWorkflow workflow) throws SQLException {
    timers.drop(workflow.id());
    queues.ended(workflow);
    TaskState state =
        switch (workflow.status().state()) {
          case SUCCEEDED -> TaskState.SUCCEEDED;
          case CANCELLED -> TaskState.CANCELLED;
          default -> TaskState.FAILED;
        };
    String creator = workflow.record().creator();
    tools.ends().workflowEnded(batch, new WorkflowListener.Ended(workflow.id(), creator, state));
  }

  /** A workflow that had ended goes on. */
  void retried(StoredWorkflow workflow) {
    queues.retried(workflow);
  }

  void run() throws SQLException {
    timers.write();
    waits.write();
    nested.write();
    steps.addAll(queues.run());
    steps.addAll(cancels.run());
    start();
  }

  private void start() throws SQLException {
    List<Ordered> ordered = new ArrayList<>();
    for (StoredStart start : stored) {
      admit(start).ifPresent(ordered::add);
    }
    stored.clear();
    for (Start start : starts.values()) {
      admit(start).ifPresent(task -> ordered.add(new Ordered(start, task)));
    }
    starts.clear();
    if (ordered.isEmpty()) {
      return;
    }
    List<TaskOrders.Ordered> made =
        tools.tasks().create(batch, ordered.stream().map(Ordered::task).toList());
    for (int i = 0; i < made.size(); i++) {
      TaskOrders.Ordered one = made.get(i);
      Start start = ordered.get(i).start();
      if (one.refusal() == null) {
        note(start, one.creation().task(), one.creation().existing());
      } else {
        fail(start, one.refusal().reason().name(), one.refusal().getMessage());
      }
    }
  }

  /** What it was checked for before may have changed since. */
  private Optional<Ordered> admit(StoredStart start) {
    LargeInput input = start.input().input();
    Start same = new Start(start.workflow(), input.node(), input.run());
    try {
      if (start.input().refusal().isPresent()) {
        throw start.input().refusal().get();
      }
      NewTask whole = tools.tasks().admitWhole(input.request(), start.workflow().record().name());
      return Optional.of(
          new Ordered(same, whole.withInput(start.input().reference().orElseThrow())));
    } catch (Refusal refusal) {
      fail(same, refusal.reason().name(), refusal.getMessage());
      return Optional.empty();
    }
  }

  private Optional<NewTask> admit(Start start) throws SQLException {
    StoredWorkflow workflow = start.workflow();
    String name = workflow.record().name();
    try {
      TaskRequest request = TaskInputs.request(start.task(), workflow);
      if (request.input().body().length <= Payload.MAX_BYTES) {
        return Optional.of(tools.tasks().admit(request, name));
      }
      if (request.input().body().length > LargeInput.MAX_BYTES) {
        throw new UnreadableOutputException("INPUT_TOO_LARGE", LargeInput.TOO_LARGE);
      }
      tools.tasks().admitWhole(request, name);
      new LargeInput(workflow.id(), start.key(), start.run(), request).write(batch.connection());
      cancels.awaitsInputs(workflow);
      batch.afterCommit(() -> tools.signals().dueIn(Duration.ZERO));
    } catch (Refusal refusal) {
      fail(start, refusal.reason().name(), refusal.getMessage());
    } catch (UnreadableOutputException unreadable) {
      fail(start, unreadable.code(), unreadable.getMessage());
    }
    return Optional.empty();
  }

  private void note(Start start, Task task, boolean existed) throws SQLException {
    NodeKey key = start.key();
    if (!existed) {
      takeSteps(start.workflow().taskOf(key), task.id());
    }
    start.workflow().setTask(key, task.id(), task.taskId());
    boolean ended = existed ? !tools.tasks().listen(batch.connection(), task) : task.isFinished();
    if (ended) {
      EndedNodes.Place place =
          new EndedNodes.Place(task.id(), start.workflow().id(), key, start.run(), false);
      steps.addAll(EndedNodes.at(batch.connection(), List.of(place)));
    }
  }

  /** Where the node has had a task before. */
  private void takeSteps(TaskKey before, TaskKey now) throws SQLException {
    if (!before.equals(TaskKey.NONE)) {
      CopiedSteps.takeForSameInput(batch.connection(), before, now);
    }
  }

  private void fail(Start start, String code, String message) {
    steps.add(
        new Step(
            start.workflow().id(),
            new WorkflowEvent.NodeCompleted(
                start.key(),
                start.run(),
                NodeState.FAILED,
                Optional.of(Cause.permanent(code, message)))));
  }
}
