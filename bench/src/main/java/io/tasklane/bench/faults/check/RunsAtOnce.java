package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * By what handlers told, a queue never has more runs at once than its concurrency, also where it
 * claims ahead. A run goes on from when its handler said that it begins until it said that it ends,
 * or until its lease was over: what a stopped process does after that is stale, and another rule's.
 */
final class RunsAtOnce extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Overlap.Hold>> queues = new TreeMap<>();
    for (Life life : history.lives()) {
      Map<Long, Long> ends = ends(life);
      for (Entry.Begun begun : life.begun) {
        if (ends.containsKey(begun.token())) {
          queues
              .computeIfAbsent(begun.queue(), queue -> new ArrayList<>())
              .add(new Overlap.Hold(life.task, begun.at(), ends.get(begun.token()), 1, begun));
        }
      }
    }
    queues.forEach((queue, holds) -> check(history.queue(queue), holds));
  }

  /** When each of its runs was over, by their tokens; none where log and runs do not agree. */
  private static Map<Long, Long> ends(Life life) {
    List<Lease> leases = life.leases();
    Map<Long, Long> ends = new HashMap<>();
    if (life.ended().isEmpty() || life.ended.runs().size() != leases.size()) {
      return ends; // which another rule objects to
    }
    for (int i = 0; i < leases.size(); i++) {
      ends.put(life.ended.runs().get(i).token(), leases.get(i).end());
    }
    life.returned.forEach(
        returned ->
            ends.computeIfPresent(returned.token(), (t, end) -> Math.min(end, returned.at())));
    return ends;
  }

  private void check(Entry.QueueMade queue, List<Overlap.Hold> holds) {
    Overlap.look(
        holds,
        queue.concurrency(),
        (tasks, evidence) ->
            object(
                queue.queue() + " ran " + tasks + " at once, " + queue.concurrency() + " allowed",
                evidence));
  }
}
