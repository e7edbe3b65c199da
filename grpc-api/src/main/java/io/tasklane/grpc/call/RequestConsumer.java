package io.tasklane.grpc.call;

/**
 * Consumes the requests of one call, one after another.
 *
 * @param <Q> a request
 * @param <R> the answer to all of them
 */
public interface RequestConsumer<Q, R> extends AutoCloseable {
  /** Consumes the next request, which has been validated. */
  void take(Q request);

  /** Returns the response, after the last request. */
  R finish();

  /** Releases what it holds, also where the call failed or was cancelled. */
  @Override
  void close();
}
