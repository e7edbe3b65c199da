package io.tasklane.commit;

import io.tasklane.api.Refusal;

/**
 * The outcome of one command of a batch.
 *
 * @param <R> its result
 */
public sealed interface Outcome<R> {
  /**
   * The command wrote its rows, which are durable when the batch commits.
   *
   * @param result what the caller gets back
   */
  record Done<R>(R result) implements Outcome<R> {}

  /**
   * The command wrote nothing, because it must not.
   *
   * @param refusal why
   */
  record Refused<R>(Refusal refusal) implements Outcome<R> {}

  /**
   * The command wrote nothing, because a row was locked or newer than this transaction; it goes
   * into the next batch.
   */
  record Again<R>() implements Outcome<R> {}

  /**
   * The command wrote nothing, because its request was answered before.
   *
   * @param kept what is kept under its request_id
   */
  record Repeated<R>(KeptAnswer kept) implements Outcome<R> {}

  /** See {@link Done}. */
  static <R> Outcome<R> done(R result) {
    return new Done<>(result);
  }

  /** See {@link Refused}. */
  static <R> Outcome<R> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** See {@link Again}. */
  static <R> Outcome<R> again() {
    return new Again<>();
  }

  /** See {@link Repeated}. */
  static <R> Outcome<R> repeated(KeptAnswer kept) {
    return new Repeated<>(kept);
  }
}
