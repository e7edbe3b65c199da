package io.tasklane.bench.faults.record;

/**
 * What a task shares with tasks of any queue, and so may have to wait for.
 *
 * @param orderingKey its ordering key, empty for none
 * @param units of the one resource of a run, 0 for none
 */
public record Sharing(String orderingKey, int units) {
  /** A task that shares nothing. */
  public static final Sharing NONE = new Sharing("", 0);

  /** Whether tasks of other queues may keep it from starting although it is QUEUED. */
  public boolean mayWait() {
    return isKeyed() || units > 0;
  }

  /** Whether it has an ordering key. */
  public boolean isKeyed() {
    return !orderingKey.isEmpty();
  }
}
