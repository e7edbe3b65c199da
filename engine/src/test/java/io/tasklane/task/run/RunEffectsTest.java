package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.key.FencingToken;
import io.tasklane.task.EffectIntent;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code Run.once} does around an action. */
class RunEffectsTest {
  private static final Payload FILLED = Payload.json("{\"filled\":10}");

  private final GroupCommitter nowhere =
      new GroupCommitter(new Database(null, null), Thread::new, () -> {});
  private final Book book = new Book(nowhere);
  private final List<EffectIntent> acted = new ArrayList<>();
  private boolean leaseIsOver;
  private final RunEffects effects = new RunEffects(book, RunBench.task(3), () -> leaseIsOver);

  @AfterEach
  void close() {
    nowhere.close();
  }

  @Test
  void the_intent_is_durable_before_the_action_and_the_outcome_after_it() throws Exception {
    assertThat(once("order:1")).isEqualTo(FILLED);
    assertThat(book.lines).containsExactly("INTENDED", "act", "DONE {\"filled\":10}");
    assertThat(acted).containsExactly(new EffectIntent("order:1", 1, false));
  }

  @Test
  void an_effect_that_is_done_is_not_brought_about_again() throws Exception {
    book.before = Optional.of(new KnownEffect(EffectState.DONE, Optional.of(FILLED)));
    assertThat(once("order:1")).isEqualTo(FILLED);
    assertThat(acted).isEmpty();
  }

  @Test
  void a_run_that_meets_an_intent_is_told_so() throws Exception {
    book.before = Optional.of(new KnownEffect(EffectState.INTENDED, Optional.empty()));
    once("order:1");
    assertThat(acted).extracting(EffectIntent::begunBefore).containsExactly(true);
  }

  @Test
  void a_database_that_is_away_after_the_effect_is_waited_for() throws Exception {
    book.awayForDone = 2;
    assertThat(once("order:1")).isEqualTo(FILLED);
    assertThat(acted).hasSize(1);
    assertThat(book.lines).endsWith("away", "away", "DONE {\"filled\":10}");
  }

  @Test
  void a_database_that_is_away_before_the_effect_keeps_it_from_happening() {
    book.refusal =
        Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.DATABASE_UNAVAILABLE, "", "away");
    fails("EFFECT_NOT_RECORDED");
  }

  @Test
  void what_the_ledger_refuses_fails_the_attempt_and_nothing_happens() {
    book.refusal =
        Refusal.of(Refusal.Sort.ABORTED, RefusalReason.EFFECT_IN_PROGRESS, "", "another run");
    fails("EFFECT_IN_PROGRESS");
  }

  @Test
  void a_run_whose_lease_is_over_brings_nothing_about() {
    leaseIsOver = true;
    fails("STALE_LEASE");
    assertThat(book.lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb"})
  void a_key_that_is_not_allowed_is_named(String key) {
    assertThatThrownBy(() -> once(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 512 characters");
    assertThat(book.lines).isEmpty();
  }

  private void fails(String code) {
    FailureException failure = catchThrowableOfType(FailureException.class, () -> once("order:1"));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.kind()).isEqualTo(io.tasklane.task.Failure.Kind.RETRYABLE);
    assertThat(acted).isEmpty();
  }

  private Payload once(String key) throws Exception {
    return effects.once(
        key,
        intent -> {
          acted.add(intent);
          book.lines.add("act");
          return FILLED;
        });
  }

  /** A ledger of these tests, which says what it is told to. */
  private static final class Book extends EffectService {
    private final List<String> lines = new ArrayList<>();
    private Optional<KnownEffect> before = Optional.empty();
    private Refusal refusal;
    private int awayForDone;

    Book(GroupCommitter nowhere) {
      super(nowhere);
    }

    @Override
    public CompletionStage<Optional<KnownEffect>> record(
        String taskId,
        FencingToken token,
        String key,
        EffectState state,
        Optional<Payload> outcome) {
      if (state == EffectState.DONE && awayForDone-- > 0) {
        lines.add("away");
        return CompletableFuture.failedFuture(
            Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.DATABASE_UNAVAILABLE, "", "away"));
      }
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      lines.add(outcome.map(what -> state + " " + what.text()).orElse(state.toString()));
      return CompletableFuture.completedFuture(before);
    }
  }
}
