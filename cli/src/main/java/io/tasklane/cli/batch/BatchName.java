package io.tasklane.cli.batch;

/** The name of a batch operation as people type it. */
final class BatchName {
  private static final String COLLECTION = "batchOperations/";

  private BatchName() {}

  /** "b" and "batchOperations/b" are both the same. */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }
}
