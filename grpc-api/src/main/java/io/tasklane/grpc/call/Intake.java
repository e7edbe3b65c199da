package io.tasklane.grpc.call;

/**
 * Takes the requests of one call, one after another.
 *
 * @param <Q> a request
 * @param <R> the answer to all of them
 */
public interface Intake<Q, R> extends AutoCloseable {
  /** The next request, which keeps the rules of the contract. */
  void take(Q request);

  /** There are no more. */
  R finish();

  /** Gives back what it holds, also where the call failed or was broken off. */
  @Override
  void close();
}
