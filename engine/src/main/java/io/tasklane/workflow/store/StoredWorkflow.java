package io.tasklane.workflow.store;

import io.tasklane.artifact.LargeValues;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactReader;
import io.tasklane.json.JsonValue;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.decision.WorkflowReader;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow whose row this transaction has locked, for one decision or several. What was decided
 * is kept here and written together: by {@link #write}, or before a query that has to see it.
 */
public final class StoredWorkflow implements WorkflowReader {
  /**
   * Where it is read.
   *
   * @param connection of the transaction
   * @param definitions compiled ones
   * @param values reads large ones
   */
  public record Source(Connection connection, StoredDefinitions definitions, LargeValues values) {}

  private final Connection connection;
  private final LargeValues values;
  private final StoredDefinition definition;
  private final Instant now;
  private final NodeRows rows;
  private final WorkflowEvents events;
  private final LoadedNodes nodes;
  private WorkflowRecord record;
  private boolean isWritten;
  private long pausedSeq = -1;
  private Object inputs;

  /**
   * A locked workflow.
   *
   * @param now by the clock of the database
   * @param actor principal of whoever causes what follows
   */
  public StoredWorkflow(Source source, WorkflowRecord record, Instant now, String actor)
      throws SQLException {
    this.connection = source.connection();
    this.values = source.values();
    this.record = record;
    this.definition = source.definitions().get(new WorkflowRows(connection), record.definition());
    this.now = now;
    this.rows = new NodeRows(connection, record.id());
    this.nodes = new LoadedNodes(connection, record.id(), definition, rows);
    this.events = new WorkflowEvents(actor);
    this.isWritten = record.version() > 0;
  }

  /** Its key. */
  public long id() {
    return record.id();
  }

  /** Its row. */
  public WorkflowRecord record() {
    return record;
  }

  /** Replaces what its row says about people. */
  public void replace(WorkflowRecord other) {
    record = other;
    isWritten = false;
  }

  /** Where it is. */
  public WorkflowStatus status() {
    return record.status();
  }

  /** What it runs by. */
  public CompiledWorkflow compiled() {
    return definition.compiled();
  }

  /** Reads these nodes, and those above them, in one query. */
  public void fetch(Collection<NodeKey> keys) throws SQLException {
    nodes.fetch(keys);
  }

  private Optional<NodeRecord> find(NodeKey key) {
    return get(() -> nodes.find(key));
  }

  @FunctionalInterface
  private interface Query<T> {
    T get() throws SQLException;
  }

  private static <T> T get(Query<T> query) {
    try {
      return query.get();
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
  }

  @Override
  public Optional<NodeInstance> instance(NodeKey key) {
    return find(key).map(NodeRecord::instance);
  }

  @Override
  public List<NodeKey> children(NodeKey parent, Set<NodeState> states, int limit) {
    return get(
        () -> {
          nodes.write();
          return nodes.keep(rows.children(parent, states, limit));
        });
  }

  @Override
  public List<NodeKey> paused() {
    return get(
        () -> {
          nodes.write();
          List<NodeKey> keys = nodes.keep(rows.paused());
          nodes.fetch(keys);
          return keys;
        });
  }

  @Override
  public Object inputs() {
    if (inputs == null) {
      inputs = JsonValue.stored(record.inputs());
    }
    return inputs;
  }

  @Override
  public Optional<Fact> fact(String name) {
    return get(() -> new FactReader(connection).find(name, now));
  }

  @Override
  public Object value(Output output, Map<NodeKey, NodeInstance> deciding)
      throws UnreadableOutputException {
    try {
      nodes.write();
      return new OutputValues(new OutputValues.From(connection, values), id(), this::find)
          .with(compiled(), deciding)
          .value(output);
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
  }

  @Override
  public Instant now() {
    return now;
  }

  /** Key of the latest task of a node, {@link TaskKey#NONE} for none. */
  public TaskKey taskOf(NodeKey key) {
    return find(key).map(NodeRecord::task).orElse(TaskKey.NONE);
  }

  /** Final part of the name of the latest task of a node, empty for none. */
  public String taskIdOf(NodeKey key) {
    return find(key).map(NodeRecord::taskId).orElse("");
  }

  /** Key of the latest workflow that a node has started, 0 for none. */
  public long subWorkflowOf(NodeKey key) {
    return find(key).map(NodeRecord::subWorkflow).orElse(0L);
  }

  /** It has just been inserted. */
  public void started() {
    events.started(record.status());
    isWritten = false;
  }

  /** Somebody has decided about a node. */
  public void decided(NodeKey key, Actor actor, boolean approved) {
    events.nodeDecided(key, actor, approved);
    isWritten = false;
  }

  /** Takes over what was decided. */
  public void apply(Decision decision) {
    decision.removed().forEach(nodes::remove);
    decision.changed().values().forEach(this::change);
    WorkflowStatus before = record.status();
    if (!decision.status().equals(before)) {
      record = record.with(decision.status());
      events.changed(before, decision.status());
    }
    isWritten &= decision.changed().isEmpty() && decision.removed().isEmpty() && events.isEmpty();
  }

  private void change(NodeInstance instance) {
    NodeKey key = instance.key();
    Optional<NodeRecord> before = find(key);
    long paused = instance.state() == NodeState.PAUSED ? nextPaused() : 0;
    NodeRecord after =
        before
            .map(known -> known.after(instance, now, paused))
            .orElseGet(() -> NodeRecord.fresh(instance, now, paused));
    nodes.change(before, after);
    Optional<NodeState> state = before.map(known -> known.instance().state());
    int run = before.map(known -> known.instance().run()).orElse(0);
    if (!state.equals(Optional.of(instance.state())) || run != instance.run()) {
      events.nodeChanged(key, state, after);
    }
  }

  private long nextPaused() {
    if (pausedSeq < 0) {
      pausedSeq = get(rows::lastPaused);
    }
    return ++pausedSeq;
  }

  /** A node has this task now. */
  public void setTask(NodeKey key, TaskKey task, String taskId) {
    nodes.setTask(find(key).orElseThrow().with(task, taskId));
  }

  /** A node has started this workflow. */
  public void setSubWorkflow(NodeKey key, long workflow, String workflowId) {
    nodes.setSubWorkflow(find(key).orElseThrow().with(workflow, workflowId));
  }

  /** Writes everything that was decided, with its events. */
  public void write() throws SQLException {
    nodes.write();
    if (!isWritten) {
      long revision = events.isEmpty() ? 0 : events.write(connection, record);
      new WorkflowRows(connection).update(record, revision, now);
      isWritten = true;
    }
  }
}
