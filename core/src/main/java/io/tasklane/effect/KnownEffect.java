package io.tasklane.effect;

import io.tasklane.task.Payload;
import java.util.Optional;

/**
 * What the ledger knew of an effect before something was recorded.
 *
 * @param state its state
 * @param outcome stored with it if it was DONE
 */
public record KnownEffect(EffectState state, Optional<Payload> outcome) {}
