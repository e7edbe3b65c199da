package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.task.recover.LostLease;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;

/** Every acknowledged task has ended, in the way that its behaviour and its needs prescribe. */
final class RightEnd extends Rule {
  private static final String LEASE_LOST = Behaviour.LEASE_LOST;

  @Override
  void check(History history) {
    for (Life life : history.lives()) {
      if (life.created().isEmpty()) {
        continue;
      }
      if (life.end().isEmpty()) {
        life.ended()
            .ifPresentOrElse(
                read -> object(life.task + " has not ended", life.created, read),
                () -> object(life.task + " is not to be found", life.created));
        continue;
      }
      checkLosses(life);
      checkCancel(life);
      checkEnd(history, life);
      checkNeeds(history, life);
    }
  }

  /** A task fails for its lost leases only if it lost so many; beside others it may lose more. */
  private void checkLosses(Life life) {
    long lost = life.ended.runs().stream().filter(r -> r.failureCode().equals(LEASE_LOST)).count();
    if (lost != life.ended.lostCount()) {
      object(life.task + " counts other leases as lost than its runs tell", life.ended);
    }
    boolean failed = isLeaseLost(life.ended);
    long told = life.count(Move.LOSE_LEASE) + (failed ? 1 : 0);
    boolean endedBySuchLoss = lost == told + 1 && life.ended.state() == TaskState.CANCELLED;
    if (lost != told && !endedBySuchLoss) {
      object(life.task + " lost " + lost + " leases, its events tell of " + told, life.ended);
    }
    if (failed && lost < LostLease.MAXIMUM_LOSSES) {
      object(life.task + " failed for only " + lost + " lost leases", life.ended);
    }
  }

  private void checkCancel(Life life) {
    TaskState end = life.ended.state();
    if (end == TaskState.CANCELLED && life.cancelAsked().isEmpty()) {
      object(life.task + " ended CANCELLED, and nobody had asked for it", life.ended);
    }
    if (life.cancelAnswered().isEmpty()) {
      return;
    }
    TaskState answer = life.cancelAnswered.state();
    boolean right =
        answer == null
            ? end != TaskState.CANCELLED
            : answer == TaskState.CANCELLING
                ? end == TaskState.CANCELLED
                    || end == TaskState.SUCCEEDED
                    || isLeaseLost(life.ended)
                : end == answer;
    if (!right) {
      object(
          life.task + " ended " + end + " after its cancellation was answered",
          life.cancelAnswered,
          life.ended);
    }
  }

  private void checkEnd(History history, Life life) {
    Entry.Ended end = life.ended;
    boolean ruledOut = life.created.needs().stream().anyMatch(need -> !isMet(history, need));
    if (ruledOut != (end.state() == TaskState.SKIPPED) && end.state() != TaskState.CANCELLED) {
      object(life.task + " ended " + end.state() + ", its needs say otherwise", life.created, end);
    }
    if (end.state() != TaskState.SUCCEEDED && end.state() != TaskState.FAILED || isLeaseLost(end)) {
      return;
    }
    Behaviour behaviour = life.created.behaviour();
    if (!behaves(behaviour, end)) {
      object(life.task + " ended otherwise than it behaves", life.created, end);
    }
    if (!behaviour.error().isEmpty()
        && !end.runs().stream().allMatch(run -> isTold(run, behaviour))) {
      object(life.task + " threw an error that has another code", life.created, end);
    }
  }

  /** Disturbed attempts come where a success was planned, and are tried again like failed ones. */
  private static boolean behaves(Behaviour behaviour, Entry.Ended end) {
    long disturbed =
        end.runs().stream().filter(run -> Behaviour.DISTURBED.contains(run.failureCode())).count();
    if (disturbed > 0 && behaviour.failures() + disturbed >= behaviour.attempts()) {
      return end.state() == TaskState.FAILED
          && end.attempt() == behaviour.attempts()
          && Behaviour.DISTURBED.contains(end.failureCode());
    }
    return end.state() == behaviour.end()
        && end.attempt() == behaviour.lastAttempt() + disturbed
        && end.failureCode().equals(behaviour.failureCode());
  }

  /** Whether a run of one that throws an error for each planned failure has the code for that. */
  private static boolean isTold(Entry.PastRun run, Behaviour behaviour) {
    String code = run.failureCode();
    return code.equals(LEASE_LOST)
        || Behaviour.DISTURBED.contains(code)
        || run.number() > behaviour.failures()
        || code.isEmpty()
        || code.equals(Behaviour.UNEXPECTED);
  }

  private void checkNeeds(History history, Life life) {
    for (Need need : life.created.needs()) {
      Life needed = history.of(need.task());
      life.first(Move.CLAIM)
          .filter(claim -> needed.last().filter(last -> last.time() <= claim.time()).isEmpty())
          .ifPresent(
              claim -> object(life.task + " began before " + need.task() + " had ended", claim));
    }
  }

  private static boolean isMet(History history, Need need) {
    return history.of(need.task()).end().filter(e -> need.policy().isMetBy(e.state())).isPresent();
  }

  private static boolean isLeaseLost(Entry.Ended end) {
    return end.state() == TaskState.FAILED && end.failureCode().equals(LEASE_LOST);
  }
}
