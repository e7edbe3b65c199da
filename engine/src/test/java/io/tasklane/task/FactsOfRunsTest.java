package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.fact.NewFact;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.FencingToken;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.RunCompletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handler sets is set with the success of its task, or at once while its lease is live. */
class FactsOfRunsTest {
  private static final Payload RESULT = Payload.json("{}");
  private final StoreBench store = new StoreBench();
  private final Ownership owner = store.take("n1", 1).orElseThrow();
  private final FactService facts =
      new FactService(
          new EngineContext(store.database, store.committer, store.nobody, Clock.systemUTC()));

  @AfterEach
  void close() {
    store.close();
  }

  private Task claimed() {
    store.create(store.task(5));
    return store.claim(owner).claimed().orElseThrow();
  }

  private static RunEnd sets(Fact... wanted) {
    return new RunEnd.Succeeded(RESULT, List.of(), List.of(), List.of(wanted));
  }

  private static NewFact of(Task run, Object value) {
    return NewFact.of(Fact.of("a", value), new Actor(run.name(), ""));
  }

  @Test
  void facts_are_set_with_the_success_and_name_the_task() {
    Task run = claimed();
    store.complete(owner, run, sets(Fact.of("a", 1), Fact.of("b", true), Fact.of("a", 2)), false);
    assertThat(facts.get("a").fact().value()).as("the last of one name counts").isEqualTo(2L);
    assertThat(facts.get("b").actor().principal()).isEqualTo("tasks/" + run.taskId());
    assertThat(store.read(run.taskId()).isFinished()).isTrue();
    assertThat(events()).isEqualTo(3);
  }

  private long events() {
    return store.count("task_event WHERE kind = 51");
  }

  @Test
  void a_completion_that_is_sent_again_sets_nothing_again() {
    Task run = claimed();
    store.complete(owner, run, sets(Fact.of("a", 1)), false);
    Task other = claimed();
    store.complete(owner, other, sets(Fact.of("a", 2)), false);
    assertThat(store.complete(owner, run, sets(Fact.of("a", 1)), false).completion())
        .isEqualTo(CompletionStatus.DONE);
    assertThat(facts.get("a").fact().value()).isEqualTo(2L);
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void a_run_whose_lease_is_over_sets_nothing() {
    Task run = claimed();
    FencingToken stale = new FencingToken(run.fencingToken().value() - 1);
    RunCompletion what =
        RunCompletion.of(sets(Fact.of("a", 1)), run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion late =
        new CompleteAndClaim.Completion(run.id(), stale, what, List.of(), "");
    assertThat(
            StoreBench.get(
                    store.committer.submit(
                        store.completions, new CompleteAndClaim(owner, Optional.of(late), false)))
                .completion())
        .isEqualTo(CompletionStatus.STALE);
    assertThat(facts.setOfRun(run.id(), stale, of(run, 1)).toCompletableFuture().join()).isFalse();
    assertThat(store.count("fact")).isZero();
  }

  @Test
  void a_failure_sets_nothing() {
    Task run = claimed();
    Failure failure = new Failure(Failure.Kind.PERMANENT, "X", "", "", Instant.EPOCH);
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    assertThat(RunCompletion.of(end, run.retryPolicy(), 1, new Random(1)).facts()).isEmpty();
    store.complete(owner, run, end, false);
    assertThat(store.count("fact")).isZero();
  }

  @Test
  void a_fact_that_is_set_at_once_is_there_before_the_run_ends_and_not_after() {
    Task run = claimed();
    assertThat(
            facts.setOfRun(run.id(), run.fencingToken(), of(run, 1)).toCompletableFuture().join())
        .isTrue();
    assertThat(facts.get("a").fact().value()).isEqualTo(1L);
    store.complete(owner, run, sets(), false);
    assertThat(
            facts.setOfRun(run.id(), run.fencingToken(), of(run, 2)).toCompletableFuture().join())
        .isFalse();
    assertThat(facts.get("a").fact().value()).isEqualTo(1L);
  }
}
