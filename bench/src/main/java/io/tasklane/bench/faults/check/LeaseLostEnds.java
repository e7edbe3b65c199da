package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A task that kills its node whenever it runs ends FAILED, LEASE_LOST. Another one does so only if
 * the harness hit its node during its last run, or that run killed it, and nothing else was lost
 * with that run. No loss is counted as suffered alone that was shared for sure.
 *
 * <p>Two lost runs shared their loss for sure if both had begun in one process when it was hit, and
 * it was hit only once until the first of them was entered as lost.
 */
final class LeaseLostEnds extends Rule {
  private static final Set<String> OF_A_NODE =
      Set.of("KILL_NODE", "STOP_NODE", "CUT_DATABASE", "DELAY_DATABASE");
  private static final Set<String> OF_ALL_NODES = Set.of("KILL_DATABASE");
  // A fault is noted before it is done, and a claim may be answered in between.
  private static final long SLACK = TimeUnit.SECONDS.toMicros(1);

  private History history;
  private Map<Long, List<LostRun>> processes;

  @Override
  void check(History record) {
    history = record;
    processes =
        history.lives().stream()
            .flatMap(life -> LostRun.of(life).stream())
            .filter(run -> run.process() != 0)
            .collect(Collectors.groupingBy(LostRun::process));
    history.lives().stream()
        .filter(life -> life.created().isPresent() && life.end().isPresent())
        .forEach(this::check);
  }

  private void check(Life life) {
    boolean failed =
        life.ended.state() == TaskState.FAILED
            && life.ended.failureCode().equals(Behaviour.LEASE_LOST);
    if (life.created.behaviour().isKiller() && !failed) {
      object(life.task + " kills its node and ended " + life.ended.state(), life.ended);
    }
    List<LostRun> lost = LostRun.of(life);
    long shared = lost.stream().filter(run -> partner(run).isPresent()).count();
    if (life.ended.lostAloneCount() > life.ended.lostCount() - shared) {
      object(life.task + " counts a loss as its own that it shared", life.ended);
    }
    if (failed && !lost.isEmpty()) {
      checkBlame(life, lost.get(lost.size() - 1));
    }
  }

  private void checkBlame(Life life, LostRun last) {
    if (life.ended.lostAloneCount() == 0) {
      object(life.task + " failed for lost leases, none of them lost alone", life.ended);
    }
    partner(last)
        .ifPresent(
            other ->
                object(
                    life.task
                        + " failed for a loss that it shared with "
                        + other.lease().life().task,
                    last.begun().get(),
                    other.begun().get(),
                    life.ended));
    if (last.kill().isEmpty() && hits(last, last.lease().start()).isEmpty()) {
      object(life.task + " failed for a lost lease, and nobody hit its node", life.ended);
    }
  }

  /** A run that was lost with this one for sure. */
  private Optional<LostRun> partner(LostRun run) {
    return processes.getOrDefault(run.process(), List.of()).stream()
        .filter(other -> other.run().token() != run.run().token())
        .filter(other -> areLostTogether(run, other))
        .findFirst();
  }

  private boolean areLostTogether(LostRun one, LostRun other) {
    long begun = one.begun().get().at();
    long begunToo = other.begun().get().at();
    LostRun first = one.lease().end() <= other.lease().end() ? one : other;
    long since = Math.min(begun, begunToo);
    List<Long> hits = new ArrayList<>(hits(first, since).stream().map(Entry.Struck::at).toList());
    processes.get(one.process()).stream()
        .flatMap(run -> run.kill().stream())
        .map(Entry.Kills::at)
        .filter(at -> at >= since && at <= first.lease().end())
        .forEach(hits::add);
    return hits.size() == 1
        && hits.get(0) > Math.max(begun, begunToo)
        && hits.get(0) < first.lease().end();
  }

  /** What the harness did to the node of this run after this time, until its loss was entered. */
  private List<Entry.Struck> hits(LostRun run, long since) {
    return history.struck().stream()
        .filter(
            fault ->
                OF_ALL_NODES.contains(fault.kind())
                    || OF_A_NODE.contains(fault.kind()) && fault.target().equals(run.node()))
        .filter(fault -> fault.at() <= run.lease().end())
        .filter(
            fault -> fault.at() + TimeUnit.MILLISECONDS.toMicros(fault.millis()) + SLACK >= since)
        .toList();
  }
}
