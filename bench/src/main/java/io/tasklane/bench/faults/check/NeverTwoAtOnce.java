package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.queue.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * By the times of the log, a queue never has more leases at once than its concurrency, and one
 * whose completions become durable in groups no more than it may claim ahead. A lease begins with a
 * claim and ends with the move that leaves RUNNING or CANCELLING; where one command does both, both
 * have one time, and the end is first.
 */
final class NeverTwoAtOnce extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Overlap.Hold>> queues = new TreeMap<>();
    for (Life life : history.lives()) {
      for (Lease lease : life.leases()) {
        queues
            .computeIfAbsent(lease.claim().queue(), queue -> new ArrayList<>())
            .add(new Overlap.Hold(life.task, lease.start(), lease.end(), 1, lease.claim()));
      }
    }
    queues.forEach((queue, holds) -> check(history.queue(queue), holds));
  }

  private void check(Entry.QueueMade queue, List<Overlap.Hold> holds) {
    int allowed = queue.concurrency() + (queue.grouped() ? Durability.CLAIMS_AHEAD - 1 : 0);
    Overlap.look(
        holds,
        allowed,
        (tasks, evidence) ->
            object(
                queue.queue() + " had leases at once on " + tasks + ", " + allowed + " allowed",
                evidence));
  }
}
