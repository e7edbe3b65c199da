package io.tasklane.effect;

import io.tasklane.task.Payload;
import java.util.Optional;

/**
 * What the ledger knew of an effect before something was recorded.
 *
 * @param state how far it was
 * @param outcome kept with it where it was DONE
 */
public record KnownEffect(EffectState state, Optional<Payload> outcome) {}
