package io.tasklane.workflow.execution;

import io.tasklane.artifact.LargeValues;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.feature.WorkflowListener;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.RefusedException;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.input.LargeInput;
import io.tasklane.workflow.run.WorkflowRules;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.store.OuterNode;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.store.StoredDefinitions;
import io.tasklane.workflow.store.StoredWorkflow;
import io.tasklane.workflow.store.WorkflowRecord;
import io.tasklane.workflow.store.WorkflowRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What follows from what happened in one command. All ends of one batch are decided about before
 * anything is written, and all tasks that follow from them are created together.
 */
final class Execution {
  /**
   * What it works with.
   *
   * @param tasks creates and cancels tasks
   * @param definitions compiled ones
   * @param values reads large ones
   * @param signals sent for when a timer will be due
   * @param ends called when a workflow has ended
   */
  record Tools(
      TaskOrders tasks,
      StoredDefinitions definitions,
      LargeValues values,
      ReadySignals signals,
      WorkflowListener ends) {}

  private final Batch batch;
  private final Tools tools;
  private final String actor;
  private final WorkflowRows rows;
  private final Map<Long, StoredWorkflow> workflows = new LinkedHashMap<>();
  private final Set<Long> gone = new HashSet<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final ActionRunner actions;
  private Instant now;

  Execution(Batch batch, Tools tools, String actor) {
    this.batch = batch;
    this.tools = tools;
    this.actor = actor;
    this.rows = new WorkflowRows(batch.connection());
    this.actions = new ActionRunner(batch, tools, steps);
  }

  void add(Collection<Step> more) {
    steps.addAll(more);
  }

  /** The time, by the clock of the database. */
  Instant now() throws SQLException {
    if (now == null) {
      now =
          NamedSql.on(batch.connection(), "SELECT clock_timestamp() AS now")
              .one(row -> Rows.instant(row, "now").orElseThrow());
    }
    return now;
  }

  void run() throws SQLException {
    try {
      while (!steps.isEmpty() || !actions.isEmpty()) {
        open(steps.stream().map(Step::workflow).toList());
        fetch();
        while (!steps.isEmpty()) {
          decide(steps.remove());
        }
        write();
        actions.run();
      }
      write();
    } catch (StoreException failed) {
      throw failed.failure();
    }
  }

  /** Locks those of these workflows that are not locked yet. */
  void open(Collection<Long> needed) throws SQLException {
    TreeSet<Long> ids = new TreeSet<>(needed);
    ids.removeAll(workflows.keySet());
    ids.removeAll(gone);
    if (ids.isEmpty()) {
      return;
    }
    Set<Long> all = Set.copyOf(ids);
    for (WorkflowRecord record : lock(ids)) {
      if (record.transaction() > batch.transaction()) {
        throw Again.because(
            "workflow " + record.name() + " changed meanwhile",
            connection -> new WorkflowRows(connection).lock(all));
      }
      open(record);
      ids.remove(record.id());
    }
    gone.addAll(ids);
  }

  /**
   * From larger keys to smaller ones, as from a workflow that ends to the one around it, it waits.
   * Against that order, as from one that is cancelled to what is inside, it gives way at once: who
   * holds that may wait for this.
   */
  private List<WorkflowRecord> lock(TreeSet<Long> ids) throws SQLException {
    long least =
        workflows.keySet().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    if (ids.last() < least) {
      return rows.lock(ids);
    }
    return rows.tryLock(ids)
        .orElseThrow(
            () ->
                Again.because(
                    "a workflow inside of another is changing just now",
                    connection -> new WorkflowRows(connection).lock(ids)));
  }

  /** A workflow that is locked; empty if it is gone. */
  Optional<StoredWorkflow> opened(long workflow) {
    return Optional.ofNullable(workflows.get(workflow));
  }

  /** Takes over a workflow whose row is locked. */
  StoredWorkflow open(WorkflowRecord record) throws SQLException {
    StoredWorkflow opened =
        new StoredWorkflow(
            new StoredWorkflow.Source(batch.connection(), tools.definitions(), tools.values()),
            record,
            now(),
            actor);
    workflows.put(record.id(), opened);
    return opened;
  }

  /** Has a task created whose input is stored now; whether it is still wanted. */
  boolean start(LargeInput.Stored stored) throws SQLException {
    open(List.of(stored.input().workflow()));
    StoredWorkflow workflow = workflows.get(stored.input().workflow());
    if (workflow == null || !stored.input().delete(batch.connection())) {
      return false;
    }
    actions.add(workflow, stored);
    return true;
  }

  /** Reads the nodes of all steps, a query for each workflow. */
  private void fetch() throws SQLException {
    Map<StoredWorkflow, Set<NodeKey>> nodes = new LinkedHashMap<>();
    for (Step step : steps) {
      StoredWorkflow workflow = workflows.get(step.workflow());
      if (workflow != null && step.event() instanceof WorkflowEvent.OfNode one) {
        nodes.computeIfAbsent(workflow, key -> new HashSet<>()).add(one.key());
      }
    }
    for (Map.Entry<StoredWorkflow, Set<NodeKey>> of : nodes.entrySet()) {
      of.getKey().fetch(of.getValue());
    }
  }

  private void decide(Step step) throws SQLException {
    if (!workflows.containsKey(step.workflow())) {
      open(List.of(step.workflow()));
    }
    Optional<StoredWorkflow> workflow = Optional.ofNullable(workflows.get(step.workflow()));
    if (workflow.isPresent()) {
      try {
        WorkflowStatus before = workflow.get().status();
        decide(workflow.get(), step.event());
        noteActor(workflow.get(), before, step.event());
      } catch (RefusedException late) {
        return; // a time limit, or a request to the one around, when this has ended meanwhile
      }
    }
  }

  /** What the workflow around this one was asked for, this one is asked for too. */
  private void noteActor(StoredWorkflow workflow, WorkflowStatus before, WorkflowEvent event) {
    if (event instanceof WorkflowEvent.PauseRequested && !before.paused()) {
      workflow.replace(workflow.record().pausedBy(new Actor(actor, "")));
    } else if (event instanceof WorkflowEvent.CancelRequested cancel && before.stop().isEmpty()) {
      workflow.replace(workflow.record().cancelledBy(cancel.actor()));
    }
  }

  /** Decides about an event, and notes what is to be done. */
  void decide(StoredWorkflow workflow, WorkflowEvent event) throws RefusedException, SQLException {
    boolean wasOpen = !workflow.status().state().isEnded();
    Decision decision =
        WorkflowRules.decide(workflow.compiled(), workflow.status(), workflow, event);
    workflow.apply(decision);
    endWaits(workflow, decision);
    for (Action action : decision.actions()) {
      actions.add(workflow, action);
    }
    if (event instanceof WorkflowEvent.WorkflowStarted
        || event instanceof WorkflowEvent.RetryRequested) {
      actions.limitTime(workflow);
    }
    if (event instanceof WorkflowEvent.RetryRequested) {
      actions.retried(workflow);
    }
    if (event instanceof WorkflowEvent.PauseRequested
        || event instanceof WorkflowEvent.ResumeRequested) {
      for (long inside : rows.inside(workflow.id())) {
        steps.add(new Step(inside, event));
      }
    }
    if (wasOpen && workflow.status().state().isEnded()) {
      actions.ended(workflow);
      Optional<OuterNode> outer = workflow.record().outer();
      if (outer.isPresent()) {
        workflow.write(); // the one around may read the result at once
        steps.add(NestedWorkflow.ended(workflow, outer.get()));
      }
    }
  }

  /** A wait with a node after it stays open, but waits for nothing more. */
  private void endWaits(StoredWorkflow workflow, Decision decision) {
    for (NodeInstance node : decision.changed().values()) {
      boolean waits = node.isOpen() && node.counts().size() == 0;
      if (!waits
          && workflow.compiled().placement(node.key()).node().kind() instanceof EventWait wait
          && wait.approvals() == 0) {
        actions.waitEnded(workflow, node.key());
      }
    }
  }

  private void write() throws SQLException {
    for (StoredWorkflow workflow : new ArrayList<>(workflows.values())) {
      workflow.write();
    }
  }
}
