package io.tasklane.workflow.store;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.decision.Decision;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.decision.WorkflowReader;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow whose row this transaction has locked, for one decision or several. What was decided
 * is kept here and written together: by {@link #write}, or before a query that has to see it.
 */
public final class StoredWorkflow implements WorkflowReader {
  private final Connection connection;
  private final StoredDefinition definition;
  private final Instant now;
  private final NodeRows rows;
  private final WorkflowEvents events;
  private final Map<NodeKey, Optional<NodeRecord>> nodes = new HashMap<>();
  private final Set<NodeKey> changed = new LinkedHashSet<>();
  private final Set<NodeKey> removed = new LinkedHashSet<>();
  private final Map<NodeKey, List<Object>> items = new LinkedHashMap<>();
  private final Map<NodeKey, NodeRecord> tasks = new LinkedHashMap<>();
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
  public StoredWorkflow(
      Connection connection,
      WorkflowRecord record,
      StoredDefinitions definitions,
      Instant now,
      String actor)
      throws SQLException {
    this.connection = connection;
    this.record = record;
    this.definition = definitions.get(new WorkflowRows(connection), record.definition());
    this.now = now;
    this.rows = new NodeRows(connection, record.id());
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
    Set<NodeKey> unknown = new LinkedHashSet<>();
    for (NodeKey key : keys) {
      for (var up = Optional.of(key); up.isPresent(); up = compiled().parent(up.get())) {
        if (!nodes.containsKey(up.get())) {
          unknown.add(up.get());
        }
      }
    }
    if (!unknown.isEmpty()) {
      List<NodeRecord> found = rows.find(unknown);
      unknown.forEach(key -> nodes.put(key, Optional.empty()));
      keep(found);
    }
  }

  /** What this transaction has changed goes before what it reads; both are the same row. */
  private List<NodeKey> keep(List<NodeRecord> found) {
    List<NodeKey> keys = new ArrayList<>();
    for (NodeRecord read : found) {
      NodeKey key = read.instance().key();
      if (nodes.getOrDefault(key, Optional.empty()).isEmpty()) {
        nodes.put(key, Optional.of(read));
      }
      keys.add(key);
    }
    return keys;
  }

  private Optional<NodeRecord> find(NodeKey key) {
    Optional<NodeRecord> known = nodes.get(key);
    if (known == null) {
      known =
          hasNotStarted(key)
              ? Optional.empty()
              : get(() -> rows.find(List.of(key)).stream().findFirst());
      nodes.put(key, known);
    }
    return known;
  }

  /** The counters above say so: a list of a thousand is not looked for copy by copy. */
  private boolean hasNotStarted(NodeKey key) {
    Optional<NodeKey> above = compiled().parent(key);
    if (above.isEmpty()) {
      return false;
    }
    Optional<NodeRecord> parent = find(above.get());
    if (parent.isEmpty()) {
      return true;
    }
    if (compiled().placement(key).role() != Role.MEMBER) {
      return false;
    }
    boolean isChoice = compiled().placement(above.get()).node().kind() instanceof Choice;
    int next = parent.get().instance().counts().next();
    return isChoice ? next == 0 : compiled().position(key) >= next;
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
          writeNodes();
          return keep(rows.children(parent, states, limit));
        });
  }

  @Override
  public List<NodeKey> paused() {
    return get(
        () -> {
          writeNodes();
          List<NodeKey> keys = keep(rows.paused());
          fetch(keys);
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
  public Optional<Object> fact(String name) {
    return Optional.empty(); // no service sets facts yet
  }

  @Override
  public Object value(Output output, Map<NodeKey, NodeInstance> deciding)
      throws UnreadableOutputException {
    try {
      writeNodes();
      return new OutputValues(connection, id(), this::find)
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
    for (NodeKey key : decision.removed()) {
      nodes.put(key, Optional.empty());
      changed.remove(key);
      items.remove(key);
      tasks.remove(key);
      removed.add(key);
    }
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
    List<Object> list = instance.variables().items();
    if (list != before.map(known -> known.instance().variables().items()).orElse(List.of())) {
      items.put(key, list);
    }
    nodes.put(key, Optional.of(after));
    changed.add(key);
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
    NodeRecord after = find(key).orElseThrow().with(task, taskId);
    nodes.put(key, Optional.of(after));
    tasks.put(key, after);
  }

  private void writeNodes() throws SQLException {
    if (!removed.isEmpty()) {
      rows.delete(removed);
      removed.clear();
    }
    for (Map.Entry<NodeKey, List<Object>> list : items.entrySet()) {
      StoredItems.write(connection, id(), list.getKey(), list.getValue());
    }
    items.clear();
    if (!changed.isEmpty()) {
      List<NodeRecord> records = new ArrayList<>();
      changed.forEach(key -> records.add(nodes.get(key).orElseThrow()));
      rows.write(records, compiled(), definition.order());
      changed.clear();
    }
    if (!tasks.isEmpty()) {
      rows.setTasks(tasks.values());
      tasks.clear();
    }
  }

  /** Writes everything that was decided, with its events. */
  public void write() throws SQLException {
    writeNodes();
    if (!isWritten) {
      long revision = events.isEmpty() ? 0 : events.write(connection, record);
      new WorkflowRows(connection).update(record, revision, now);
      isWritten = true;
    }
  }
}
