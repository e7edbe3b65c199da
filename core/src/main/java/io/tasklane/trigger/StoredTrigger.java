package io.tasklane.trigger;

import io.tasklane.task.Actor;
import java.util.Optional;

/**
 * A trigger as it is stored.
 *
 * @param trigger what it says
 * @param disabledBy who disabled it, and why; empty while it is enabled
 * @param counts what it has done
 * @param version grows with each change of what it says, and of whether it is enabled
 */
public record StoredTrigger(
    Trigger trigger, Optional<Actor> disabledBy, TriggerCounts counts, int version) {
  /** "triggers/{trigger}". */
  public String name() {
    return "triggers/" + trigger.name();
  }

  /** The entity tag of this version, with the quotes of RFC 9110. */
  public String etag() {
    return "\"" + version + "\"";
  }
}
