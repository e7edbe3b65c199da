package io.tasklane.task;

/** Performs an effect, such as an order at a broker. */
@FunctionalInterface
public interface EffectAction {
  /**
   * Performs the effect, or finds out that it has happened.
   *
   * @param intent what is intended, durable already
   * @return its outcome, stored and returned to later runs that ask again
   * @throws Exception fails the attempt; the effect stays INTENDED
   */
  Payload act(EffectIntent intent) throws Exception;
}
