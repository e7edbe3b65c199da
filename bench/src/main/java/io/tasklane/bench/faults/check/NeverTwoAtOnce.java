package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By the times of the log, a queue never has more leases at once than its concurrency. A lease
 * begins with a claim and ends with the move that leaves RUNNING or CANCELLING; where one command
 * does both, both have one time, and the end is first.
 */
final class NeverTwoAtOnce extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Entry.Moved>> changes = new LinkedHashMap<>();
    for (Life life : history.lives()) {
      for (Entry.Moved moved : life.moves) {
        if (holds(moved.from()) != holds(moved.to())) {
          changes.computeIfAbsent(moved.queue(), queue -> new ArrayList<>()).add(moved);
        }
      }
    }
    changes.forEach(
        (queue, moves) -> replay(queue, moves, history.queues().getOrDefault(queue, 1)));
  }

  private void replay(String queue, List<Entry.Moved> changes, int concurrency) {
    changes.sort(
        Comparator.comparingLong(Entry.Moved::time).thenComparing(moved -> holds(moved.to())));
    Map<String, Entry.Moved> held = new LinkedHashMap<>();
    for (Entry.Moved moved : changes) {
      if (!holds(moved.to())) {
        held.remove(moved.task());
        continue;
      }
      held.put(moved.task(), moved);
      if (held.size() > concurrency) {
        object(
            queue + " had leases at once on " + held.keySet() + ", " + concurrency + " allowed",
            held.values().toArray(Entry[]::new));
      }
    }
  }

  private static boolean holds(TaskState state) {
    return state == TaskState.RUNNING || state == TaskState.CANCELLING;
  }
}
