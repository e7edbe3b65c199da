package io.tasklane.effect;

import io.tasklane.api.Refusal;
import io.tasklane.task.Payload;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records effects of runs that are executed outside the server. */
public class EffectService {
  private final EffectLedger ledger;

  /** For subclasses, such as test doubles of the edges. */
  protected EffectService() {
    this.ledger = null;
  }

  /** The service over this ledger. */
  public EffectService(EffectLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Records an effect.
   *
   * @param taskId final part of the name of the run's task
   * @param token fencing token of the run
   * @param key business identity of the effect
   * @param state INTENDED before the effect, DONE after it
   * @param outcome kept with DONE
   * @return what was known before. Fails with a {@link Refusal}, ABORTED: STALE_LEASE,
   *     EFFECT_IN_PROGRESS; FAILED_PRECONDITION: EFFECT_NOT_INTENDED
   */
  public CompletionStage<Optional<KnownEffect>> record(
      String taskId, long token, String key, EffectState state, Optional<Payload> outcome) {
    return ledger.record(taskId, token, key, state, outcome);
  }
}
