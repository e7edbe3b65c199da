package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No effect is accepted from a run whose lease is over, and none twice for one key. */
class EffectLedgerTest {
  private static final String KEY = "order:AAPL:2026-11-26:open";
  private static final Payload FILLED = Payload.json("{\"filled\": 10}");

  private final StoreBench store = new StoreBench();
  private final EffectService ledger = new EffectService(store.committer);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void an_effect_that_is_done_is_known_to_every_later_run_with_its_outcome() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = claimNew(owner);
    assertThat(intend(first)).isEmpty();
    assertThat(done(first, FILLED)).map(KnownEffect::state).contains(EffectState.INTENDED);
    store.complete(owner, first, StoreBench.succeeded(), false);

    Task second = claimNew(owner);
    assertThat(intend(second)).contains(new KnownEffect(EffectState.DONE, Optional.of(FILLED)));
    assertThat(done(second, Payload.json("{\"filled\": 99}")))
        .as("the first outcome counts")
        .contains(new KnownEffect(EffectState.DONE, Optional.of(FILLED)));
  }

  @Test
  void a_run_after_a_lost_lease_is_told_that_the_effect_was_begun_and_may_finish_it() {
    Task lost = claimNew(store.take("n1", 1).orElseThrow());
    intend(lost);
    Task again = takenOver();
    assertThat(again.taskId()).isEqualTo(lost.taskId());

    assertThat(intend(again)).contains(new KnownEffect(EffectState.INTENDED, Optional.empty()));
    assertThat(done(again, FILLED)).isPresent();
  }

  @Test
  void a_run_whose_lease_is_over_has_neither_its_intent_nor_its_effect_accepted() {
    Task lost = claimNew(store.take("n1", 1).orElseThrow());
    intend(lost);
    Task again = takenOver();

    refused(() -> intend(lost), Refusal.Sort.ABORTED, "STALE_LEASE");
    refused(() -> done(lost, FILLED), Refusal.Sort.ABORTED, "STALE_LEASE");
    assertThat(store.count("effect WHERE state = 1 AND token = " + lost.fencingToken()))
        .isEqualTo(1);
    assertThat(intend(again)).map(KnownEffect::state).contains(EffectState.INTENDED);
    refused(() -> done(lost, FILLED), Refusal.Sort.ABORTED, "STALE_LEASE");
  }

  @Test
  void a_run_that_has_ended_has_no_effect_accepted() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = claimNew(owner);
    intend(run);
    store.complete(owner, run, StoreBench.succeeded(), false);
    refused(() -> done(run, FILLED), Refusal.Sort.ABORTED, "STALE_LEASE");
  }

  @Test
  void an_effect_that_another_live_run_is_at_is_refused_until_that_has_ended() {
    allowTwoAtOnce();
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = claimNew(owner);
    Task second = claimNew(owner);
    intend(first);
    refused(() -> intend(second), Refusal.Sort.ABORTED, "EFFECT_IN_PROGRESS");
    store.complete(owner, first, StoreBench.succeeded(), false);
    assertThat(intend(second)).map(KnownEffect::state).contains(EffectState.INTENDED);
  }

  @Test
  void what_was_not_intended_by_this_run_cannot_be_done() {
    Task run = claimNew(store.take("n1", 1).orElseThrow());
    refused(() -> done(run, FILLED), Refusal.Sort.FAILED_PRECONDITION, "EFFECT_NOT_INTENDED");
    assertThat(store.count("effect")).isZero();
  }

  @Test
  void of_two_runs_that_intend_the_same_effect_at_once_one_is_let_go_ahead() throws Exception {
    allowTwoAtOnce();
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = claimNew(owner);
    Task second = claimNew(owner);
    for (int round = 0; round < 30; round++) {
      String key = KEY + round;
      List<CompletableFuture<Boolean>> tries = new ArrayList<>();
      for (Task run : List.of(first, second)) {
        tries.add(
            ledger
                .record(
                    run.taskId(), run.fencingToken(), key, EffectState.INTENDED, Optional.empty())
                .handle((before, refusal) -> refusal == null)
                .toCompletableFuture());
      }
      assertThat(tries.stream().filter(CompletableFuture::join)).as(key).hasSize(1);
    }
  }

  /** The node of the run dies, and another takes its queue and runs its task. */
  private Task takenOver() {
    store.declareDead("n1");
    store.live("n2", 1);
    return store.claim(store.take("n2", 1).orElseThrow()).claimed().orElseThrow();
  }

  private Task claimNew(Ownership owner) {
    store.create(store.task(5));
    return store.claim(owner).claimed().orElseThrow();
  }

  private Optional<KnownEffect> intend(Task run) {
    return record(run, EffectState.INTENDED, Optional.empty());
  }

  private Optional<KnownEffect> done(Task run, Payload outcome) {
    return record(run, EffectState.DONE, Optional.of(outcome));
  }

  private Optional<KnownEffect> record(Task run, EffectState state, Optional<Payload> outcome) {
    return StoreBench.get(
        ledger.record(run.taskId(), run.fencingToken(), KEY, state, outcome).toCompletableFuture());
  }

  private static void refused(Runnable call, Refusal.Sort sort, String reason) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(sort);
              assertThat(refusal.reason().name()).isEqualTo(reason);
            });
  }

  private void allowTwoAtOnce() {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 2");
  }
}
