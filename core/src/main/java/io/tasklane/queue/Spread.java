package io.tasklane.queue;

import io.tasklane.key.QueueKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which queues have to change owners so that all living nodes own equally many, plus or minus one.
 * Every node that sees the same facts gets the same result, so each can do its part alone.
 */
public final class Spread {
  private Spread() {}

  /**
   * The changes that balance ownership; none if no node owns two more than another, so that no
   * queue moves back and forth.
   *
   * @param owners of queues by the queue's key; a queue with a bid counts as handed over already,
   *     and one that no living node owns is nobody's to give
   * @param nodes living nodes
   * @return the new owner by the queue's key
   */
  public static Map<QueueKey, String> changes(Map<QueueKey, String> owners, Set<String> nodes) {
    Map<String, TreeSet<QueueKey>> owned = new TreeMap<>();
    nodes.forEach(node -> owned.put(node, new TreeSet<>()));
    owners.forEach((queue, owner) -> add(owned, queue, owner));
    Map<QueueKey, String> changes = new TreeMap<>();
    while (!owned.isEmpty()) {
      String most = byCount(owned).get(owned.size() - 1);
      String fewest = byCount(owned).get(0);
      if (owned.get(most).size() - owned.get(fewest).size() < 2) {
        break;
      }
      QueueKey queue = owned.get(most).pollLast();
      owned.get(fewest).add(queue);
      changes.put(queue, fewest);
    }
    return changes;
  }

  private static void add(Map<String, TreeSet<QueueKey>> owned, QueueKey queue, String owner) {
    if (owned.containsKey(owner)) {
      owned.get(owner).add(queue);
    }
  }

  private static List<String> byCount(Map<String, TreeSet<QueueKey>> owned) {
    return owned.keySet().stream()
        .sorted(Comparator.comparingInt(node -> owned.get(node).size()))
        .toList();
  }
}
