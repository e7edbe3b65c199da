package io.tasklane.task;

/** Brings an effect about, such as an order at a broker. */
@FunctionalInterface
public interface EffectAction {
  /**
   * Brings it about, or finds out that it has happened.
   *
   * @param intent what is intended, durable already
   * @return what came of it, kept and given to whoever asks again
   * @throws Exception what fails the attempt; the effect stays INTENDED
   */
  Payload act(EffectIntent intent) throws Exception;
}
