package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What handlers told: a run that goes on after a run with a larger token has begun in its place is
 * stale. That may happen, to a process that was stopped and wakes up; but from then on nothing of
 * it is accepted, neither its effect by a target that fences nor its end by the queue. And a run
 * that is not stale is not refused.
 *
 * <p>The place of a run is its queue where that runs one task at a time, and else its task.
 */
final class NothingStaleAccepted extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Entry.Begun>> places =
        history.lives().stream()
            .flatMap(life -> life.begun.stream())
            .collect(Collectors.groupingBy(begun -> place(history, begun)));
    for (List<Entry.Begun> runs : places.values()) {
      Map<Long, Entry.Begun> overtaking = overtaking(runs);
      runs.forEach(run -> check(history.of(run.task()), run, overtaking.get(run.token())));
    }
  }

  private static String place(History history, Entry.Begun run) {
    return history.queue(run.queue()).concurrency() == 1 ? run.queue() : run.task();
  }

  /** For each run the first that began with a larger token, by tokens. */
  private static Map<Long, Entry.Begun> overtaking(List<Entry.Begun> runs) {
    List<Entry.Begun> byToken =
        runs.stream().sorted(Comparator.comparingLong(Entry.Begun::token).reversed()).toList();
    Map<Long, Entry.Begun> overtaking = new HashMap<>();
    Entry.Begun first = null;
    for (Entry.Begun run : byToken) {
      overtaking.put(run.token(), first);
      first = first == null || run.at() < first.at() ? run : first;
    }
    return overtaking;
  }

  private void check(Life life, Entry.Begun run, Entry.Begun overtaking) {
    boolean isResult = life.ended().filter(end -> end.resultToken() == run.token()).isPresent();
    List<Entry.Returned> ends =
        life.returned.stream().filter(returned -> returned.token() == run.token()).toList();
    long end = ends.isEmpty() ? Long.MAX_VALUE : ends.get(0).at();
    if (isResult && (ends.isEmpty() || ends.get(0).outcome() != Entry.Outcome.RESULT)) {
      object(life.task + " has a result that no run returned", run, life.ended);
    }
    if (isResult && overtaking != null && overtaking.at() < end) {
      object(life.task + " has the result of a stale run", run, overtaking, life.ended);
    }
    for (Entry.Effect effect : life.effects) {
      if (effect.token() == run.token()) {
        check(life, effect, isResult, overtaking);
      }
    }
    checkRefusals(life, run);
  }

  private void check(Life life, Entry.Effect effect, boolean isResult, Entry.Begun overtaking) {
    if (effect.accepted() && overtaking != null && overtaking.at() < effect.at()) {
      object(life.task + " had its effect by a stale run", effect, overtaking);
    }
    if (!effect.accepted() && isResult) {
      object(life.task + " has the result of a run whose effect was refused", effect, life.ended);
    }
  }

  /** Only a stale run's effect is refused, and how a stale run ends is not believed. */
  private void checkRefusals(Life life, Entry.Begun run) {
    life.ended().stream()
        .flatMap(end -> end.runs().stream())
        .filter(past -> past.token() == run.token())
        .filter(past -> past.failureCode().equals(Behaviour.REFUSED))
        .forEach(
            past -> object(life.task + " has a run that was stale, and counts", run, life.ended));
  }
}
