package io.tasklane.workflow.store;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.definition.Choice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of a workflow that a transaction has read or changed, each read once. */
final class LoadedNodes {
  private final Connection connection;
  private final long workflow;
  private final StoredDefinition definition;
  private final CompiledWorkflow compiled;
  private final NodeRows rows;
  private final Map<NodeKey, Optional<NodeRecord>> nodes = new HashMap<>();
  private final Set<NodeKey> changed = new LinkedHashSet<>();
  private final Set<NodeKey> removed = new LinkedHashSet<>();
  private final Map<NodeKey, List<Object>> items = new LinkedHashMap<>();
  private final Map<NodeKey, NodeRecord> tasks = new LinkedHashMap<>();
  private final Map<NodeKey, NodeRecord> subWorkflows = new LinkedHashMap<>();

  LoadedNodes(Connection connection, long workflow, StoredDefinition definition, NodeRows rows) {
    this.connection = connection;
    this.workflow = workflow;
    this.definition = definition;
    this.compiled = definition.compiled();
    this.rows = rows;
  }

  /** Reads these nodes, and those above them, in one query. */
  void fetch(Collection<NodeKey> keys) throws SQLException {
    Set<NodeKey> unknown = new LinkedHashSet<>();
    for (NodeKey key : keys) {
      for (var up = Optional.of(key); up.isPresent(); up = compiled.parent(up.get())) {
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
  List<NodeKey> keep(List<NodeRecord> found) {
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

  /** The node as this transaction sees it; empty if it has not started. */
  Optional<NodeRecord> find(NodeKey key) throws SQLException {
    Optional<NodeRecord> known = nodes.get(key);
    if (known == null) {
      known = hasNotStarted(key) ? Optional.empty() : rows.find(List.of(key)).stream().findFirst();
      nodes.put(key, known);
    }
    return known;
  }

  /** The counters above say so: a list of a thousand is not looked for copy by copy. */
  private boolean hasNotStarted(NodeKey key) throws SQLException {
    Optional<NodeKey> above = compiled.parent(key);
    if (above.isEmpty()) {
      return false;
    }
    Optional<NodeRecord> parent = find(above.get());
    if (parent.isEmpty()) {
      return true;
    }
    if (compiled.placement(key).role() != Role.MEMBER) {
      return false;
    }
    boolean isChoice = compiled.placement(above.get()).node().kind() instanceof Choice;
    int next = parent.get().instance().counts().next();
    return isChoice ? next == 0 : compiled.position(key) >= next;
  }

  /** The node is gone. */
  void remove(NodeKey key) {
    nodes.put(key, Optional.empty());
    changed.remove(key);
    items.remove(key);
    tasks.remove(key);
    subWorkflows.remove(key);
    removed.add(key);
  }

  /** The node is so from now on; the list of a for-each is written only if it is another. */
  void change(Optional<NodeRecord> before, NodeRecord after) {
    NodeKey key = after.instance().key();
    List<Object> list = after.instance().variables().items();
    if (list != before.map(known -> known.instance().variables().items()).orElse(List.of())) {
      items.put(key, list);
    }
    nodes.put(key, Optional.of(after));
    changed.add(key);
  }

  /** The node has another task. */
  void setTask(NodeRecord after) {
    nodes.put(after.instance().key(), Optional.of(after));
    tasks.put(after.instance().key(), after);
  }

  /** The node has started another workflow. */
  void setSubWorkflow(NodeRecord after) {
    nodes.put(after.instance().key(), Optional.of(after));
    subWorkflows.put(after.instance().key(), after);
  }

  /** Writes what has changed, before a query that has to see it or at the end. */
  void write() throws SQLException {
    if (!removed.isEmpty()) {
      rows.delete(removed);
      removed.clear();
    }
    for (Map.Entry<NodeKey, List<Object>> list : items.entrySet()) {
      StoredItems.write(connection, workflow, list.getKey(), list.getValue());
    }
    items.clear();
    if (!changed.isEmpty()) {
      List<NodeRecord> records = new ArrayList<>();
      changed.forEach(key -> records.add(nodes.get(key).orElseThrow()));
      rows.write(records, compiled, definition.order());
      changed.clear();
    }
    if (!tasks.isEmpty()) {
      rows.setTasks(tasks.values());
      tasks.clear();
    }
    if (!subWorkflows.isEmpty()) {
      rows.setSubWorkflows(subWorkflows.values());
      subWorkflows.clear();
    }
  }
}
