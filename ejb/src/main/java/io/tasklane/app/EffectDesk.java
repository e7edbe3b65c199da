package io.tasklane.app;

import io.tasklane.effect.EffectLedger;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.engine.EngineRoom;
import io.tasklane.engine.RunningEngine;
import io.tasklane.task.Payload;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Where runs outside of the server have their effects recorded. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EffectDesk {
  private final Supplier<EffectLedger> ledger;

  /** For the container's proxies. */
  public EffectDesk() {
    this.ledger = null;
  }

  /** The desk of the running engine. */
  @Inject
  public EffectDesk(EngineRoom room) {
    RunningEngine engine = new RunningEngine(room);
    this.ledger = () -> engine.get().effects();
  }

  /** The desk of this ledger. */
  public EffectDesk(EffectLedger ledger) {
    this.ledger = () -> ledger;
  }

  /**
   * Records an effect.
   *
   * @param taskId final part of the name of the run's task
   * @param token fencing token of the run
   * @param key business identity of the effect
   * @param state INTENDED before the effect, DONE after it
   * @param outcome kept with DONE
   * @return what was known before; fails with a {@link Refusal}, ABORTED: STALE_LEASE,
   *     EFFECT_IN_PROGRESS; FAILED_PRECONDITION: EFFECT_NOT_INTENDED
   */
  public CompletionStage<Optional<KnownEffect>> record(
      String taskId, long token, String key, EffectState state, Optional<Payload> outcome) {
    return ledger.get().record(taskId, token, key, state, outcome);
  }
}
