package io.tasklane.bench.faults.downstream;

import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What handlers write to: it keeps, for each lane, the largest token it has seen, and refuses
 * smaller ones. Everything it hears goes into the record in the order in which it was heard.
 */
final class Downstream {
  private final Chronicle chronicle;
  private final Map<String, Long> largest = new HashMap<>();
  private final Set<String> had = new HashSet<>();

  Downstream(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  /**
   * A run that has begun.
   *
   * @param task it runs
   * @param token its fencing token
   * @param lane what the token holds for
   */
  record Caller(String task, long token, String lane) {}

  synchronized Caller begin(
      String task, String queue, String node, int attempt, long token, String lane) {
    chronicle.add(new Entry.Begun(chronicle.now(), task, queue, node, attempt, token));
    largest.merge(lane, token, Math::max);
    return new Caller(task, token, lane);
  }

  synchronized boolean knows(Caller caller, String key) {
    return isFresh(caller) && had.contains(key);
  }

  synchronized boolean effect(Caller caller, String key) {
    boolean accepted = isFresh(caller);
    if (accepted) {
      had.add(key);
    }
    chronicle.add(new Entry.Effect(chronicle.now(), key, caller.task(), caller.token(), accepted));
    return accepted;
  }

  synchronized void end(Caller caller, Entry.Outcome outcome) {
    chronicle.add(new Entry.Returned(chronicle.now(), caller.task(), caller.token(), outcome));
  }

  private boolean isFresh(Caller caller) {
    return caller.token() >= largest.get(caller.lane());
  }
}
