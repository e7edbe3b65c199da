package io.tasklane.commit;

import io.tasklane.api.Refusal;

/**
 * What became of one command of a batch.
 *
 * @param <R> its result
 */
public sealed interface Outcome<R> {
  /**
   * Its rows are written, and durable when the batch commits.
   *
   * @param result what the caller is told
   */
  record Done<R>(R result) implements Outcome<R> {}

  /**
   * It wrote nothing, because it must not.
   *
   * @param refusal why
   */
  record Refused<R>(Refusal refusal) implements Outcome<R> {}

  /** It wrote nothing, because a row was locked or newer than this transaction: next batch. */
  record Again<R>() implements Outcome<R> {}

  /**
   * It wrote nothing, because its request was answered before.
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
