package io.tasklane.task.run;

import io.tasklane.api.Refusal;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.task.EffectAction;
import io.tasklane.task.EffectIntent;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;

/**
 * The effects of one run.
 *
 * @param ledger where they are recorded
 * @param task that runs
 * @param leaseIsOver whether the lease is lost, so that nothing this run does counts any more
 */
record RunEffects(EffectService ledger, Task task, BooleanSupplier leaseIsOver) {
  private static final Logger LOG = Logger.getLogger(RunEffects.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** As {@link io.tasklane.task.Run#once}. */
  Payload once(String key, EffectAction action) throws Exception {
    checkKey(key);
    Optional<KnownEffect> before = intend(key);
    if (before.isPresent() && before.get().state() == EffectState.DONE) {
      return before.get().outcome().orElseGet(() -> Payload.json("null"));
    }
    Payload outcome =
        action.act(new EffectIntent(key, task.fencingToken().value(), before.isPresent()));
    checkOutcome(key, outcome);
    return finish(key, outcome);
  }

  private Optional<KnownEffect> intend(String key) {
    checkLease(key);
    try {
      return record(key, EffectState.INTENDED, Optional.empty());
    } catch (Refusal refusal) {
      String code =
          refusal.sort() == Refusal.Sort.UNAVAILABLE
              ? "EFFECT_NOT_RECORDED"
              : refusal.reason().name();
      throw FailureException.retryable(code, refusal.getMessage(), refusal);
    }
  }

  /**
   * Records an effect that has happened; waits for an unavailable database as long as the lease
   * holds.
   */
  private Payload finish(String key, Payload outcome) throws InterruptedException {
    while (true) {
      checkLease(key);
      try {
        record(key, EffectState.DONE, Optional.of(outcome));
        return outcome;
      } catch (Refusal refusal) {
        if (refusal.sort() != Refusal.Sort.UNAVAILABLE) {
          throw FailureException.retryable(refusal.reason().name(), refusal.getMessage(), refusal);
        }
        LOG.warning(task.name() + ": effect " + key + " is done but not recorded; trying again");
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private Optional<KnownEffect> record(String key, EffectState state, Optional<Payload> outcome) {
    String id = task.name().substring("tasks/".length());
    try {
      return ledger
          .record(id, task.fencingToken(), key, state, outcome)
          .toCompletableFuture()
          .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Refusal refusal ? refusal : failed;
    }
  }

  private void checkLease(String key) {
    if (leaseIsOver.getAsBoolean()) {
      throw FailureException.retryable(
          "STALE_LEASE", task.name() + ": its lease is over; effect " + key + " is refused", null);
    }
  }

  private static void checkKey(String key) {
    if (key == null
        || key.isBlank()
        || key.length() > EffectService.LONGEST_KEY
        || key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "effect key \"" + key + "\" is not allowed: 1 to 512 characters, no control characters");
    }
  }

  private static void checkOutcome(String key, Payload outcome) {
    if (outcome == null || outcome.reference().isPresent()) {
      throw new IllegalArgumentException(
          "the outcome of effect "
              + key
              + " is not allowed: "
              + outcome
              + "; an inline payload of at most "
              + Payload.MAX_BYTES
              + " bytes is");
    }
    RunPayloads.require("the outcome of effect " + key, outcome);
  }
}
