package io.tasklane.client.worker;

/** An external effect, for {@link Run#once}. */
@FunctionalInterface
public interface Effect {
  /**
   * Performs it, and returns its outcome.
   *
   * @param begunBefore whether an earlier run may have begun it: ask the target by the key first
   */
  Object perform(boolean begunBefore) throws Exception;
}
