package io.tasklane.schedule.stored;

import io.tasklane.task.Actor;
import java.util.Optional;

/**
 * Whether a schedule is disabled, and who did so last.
 *
 * @param disabled whether nothing starts
 * @param enabledBy who enabled it last, and why
 * @param disabledBy who disabled it last, and why
 */
public record Enablement(boolean disabled, Optional<Actor> enabledBy, Optional<Actor> disabledBy) {
  /** Of a schedule that this actor creates. */
  public static Enablement created(boolean disabled, Actor actor) {
    return disabled
        ? new Enablement(true, Optional.empty(), Optional.of(actor))
        : new Enablement(false, Optional.of(actor), Optional.empty());
  }

  /** After this actor has enabled it. */
  public Enablement enable(Actor actor) {
    return new Enablement(false, Optional.of(actor), disabledBy);
  }

  /** After this actor has disabled it. */
  public Enablement disable(Actor actor) {
    return new Enablement(true, enabledBy, Optional.of(actor));
  }
}
