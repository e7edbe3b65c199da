package io.tasklane.task.run;

import io.tasklane.api.Refusal;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.fact.NewFact;
import io.tasklane.task.Actor;
import io.tasklane.task.FailureException;
import io.tasklane.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** The facts of one run: those that it sets at once, and those that are set if it succeeds. */
final class RunFacts {
  private final FactService facts;
  private final Task task;
  private final BooleanSupplier leaseIsOver;
  private final List<Fact> collected = new ArrayList<>();

  /**
   * The facts of a run that has set none.
   *
   * @param facts sets them
   * @param task that runs
   * @param leaseIsOver whether the lease is lost, so that nothing this run does counts any more
   */
  RunFacts(FactService facts, Task task, BooleanSupplier leaseIsOver) {
    this.facts = facts;
    this.task = task;
    this.leaseIsOver = leaseIsOver;
  }

  /** As {@link io.tasklane.task.Run#setFact}. */
  void set(Fact fact) {
    checked(fact);
    if (collected.size() == Fact.MOST_AT_ONCE) {
      throw new IllegalStateException(
          task.name() + " sets too many facts: one run may set " + Fact.MOST_AT_ONCE);
    }
    collected.add(fact);
  }

  /** As {@link io.tasklane.task.Run#setFactNow}. */
  void setNow(Fact fact) {
    NewFact wanted = checked(fact);
    try {
      if (leaseIsOver.getAsBoolean()
          || !facts.setOfRun(task.id(), task.fencingToken(), wanted).toCompletableFuture().join()) {
        throw FailureException.retryable(
            "STALE_LEASE",
            task.name() + ": its lease is over; facts/" + fact.name() + " is not set",
            null);
      }
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Refusal refusal) {
        throw FailureException.retryable("FACT_NOT_SET", refusal.getMessage(), refusal);
      }
      throw failed;
    }
  }

  private NewFact checked(Fact fact) {
    return NewFact.of(fact, new Actor(task.name(), ""));
  }

  List<Fact> collected() {
    return List.copyOf(collected);
  }
}
