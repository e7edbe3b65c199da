package io.tasklane.batch;

import io.tasklane.commit.SqlErrors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Targets at which a step failed by a fault of the server, which rolled the whole step back. The
 * next steps go up to such a target, then try it alone; when that fails too, it is passed over, so
 * that one target cannot hold up all others. Each node finds out for itself.
 */
final class Faults {
  private record Fault(int place, int count) {}

  private static final int GIVEN_UP = 2;

  private final Map<String, Fault> faults = new ConcurrentHashMap<>();

  /** The step failed at this place; an outage, or somebody who was faster, does not count. */
  void note(String batch, int place, Exception failed) {
    if (SqlErrors.isAtFault(failed)) {
      faults.merge(
          batch,
          new Fault(place, 1),
          (old, first) -> old.place() == place ? new Fault(place, old.count() + 1) : first);
    }
  }

  /** Most targets of a step that begins at this place. */
  int most(String batch, int place, int usual) {
    Fault fault = faults.get(batch);
    if (fault == null || fault.place() < place) {
      return usual;
    }
    return Math.min(usual, Math.max(1, fault.place() - place));
  }

  /** Whether the target at this place is passed over. */
  boolean isGivenUp(String batch, int place) {
    Fault fault = faults.get(batch);
    return fault != null && fault.place() == place && fault.count() >= GIVEN_UP;
  }

  /** The batch operation has ended. */
  void forget(String batch) {
    faults.remove(batch);
  }
}
