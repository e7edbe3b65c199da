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
  private final Map<String, Integer> kills = new HashMap<>();

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

  synchronized Caller begin(Caller caller, String queue, String node, int attempt, long process) {
    chronicle.add(
        new Entry.Begun(
            chronicle.now(), caller.task(), queue, node, attempt, caller.token(), process));
    largest.merge(caller.lane(), caller.token(), Math::max);
    return caller;
  }

  /** Whether the caller is to kill its node: only so many runs of a task do. */
  synchronized boolean kills(Caller caller, int most) {
    boolean die = kills.merge(caller.task(), 1, Integer::sum) <= most;
    if (die) {
      chronicle.add(new Entry.Kills(chronicle.now(), caller.task(), caller.token()));
    }
    return die;
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
