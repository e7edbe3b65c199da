package io.tasklane.dependency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks that are created together, and which of them need which. Existing tasks cannot gain
 * dependencies, so no cycle contains them and they are left out.
 */
public final class DependencyGraph {
  private final Map<String, Set<String>> needs = new LinkedHashMap<>();

  /** A graph of tasks, each with the ids of those it needs; needs outside the graph are ignored. */
  public DependencyGraph(Map<String, Set<String>> needs) {
    this.needs.putAll(needs);
  }

  /**
   * The ids, each after all that it needs; Kahn's algorithm, in time proportional to tasks and
   * dependencies.
   *
   * @throws IllegalStateException if there is a cycle
   */
  public List<String> inOrder() {
    List<String> order = order();
    if (order.size() < needs.size()) {
      throw new IllegalStateException("there is a cycle: " + cycle());
    }
    return order;
  }

  /** A cycle, with its first task repeated at the end; empty if there is none. */
  public Optional<List<String>> cycle() {
    List<String> ordered = order();
    if (ordered.size() == needs.size()) {
      return Optional.empty();
    }
    Map<String, Set<String>> rest = new HashMap<>(needs);
    ordered.forEach(rest::remove);
    // every remaining task needs another remaining one: following needs must lead into a cycle
    String first = needs.keySet().stream().filter(rest::containsKey).findFirst().orElseThrow();
    List<String> path = new ArrayList<>();
    String at = first;
    while (!path.contains(at)) {
      path.add(at);
      at = rest.get(at).stream().filter(rest::containsKey).sorted().findFirst().orElseThrow();
    }
    List<String> cycle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
    cycle.add(at);
    return Optional.of(cycle);
  }

  private List<String> order() {
    Map<String, Integer> open = new HashMap<>();
    Map<String, List<String>> dependents = new HashMap<>();
    Deque<String> free = new ArrayDeque<>();
    needs.forEach(
        (task, needed) -> {
          List<String> inside = needed.stream().filter(needs::containsKey).toList();
          open.put(task, inside.size());
          inside.forEach(n -> dependents.computeIfAbsent(n, k -> new ArrayList<>()).add(task));
          if (inside.isEmpty()) {
            free.add(task);
          }
        });
    List<String> order = new ArrayList<>();
    while (!free.isEmpty()) {
      String task = free.remove();
      order.add(task);
      for (String dependent : dependents.getOrDefault(task, List.of())) {
        if (open.merge(dependent, -1, Integer::sum) == 0) {
          free.add(dependent);
        }
      }
    }
    return order;
  }
}
