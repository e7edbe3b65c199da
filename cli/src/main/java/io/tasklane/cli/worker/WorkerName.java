package io.tasklane.cli.worker;

/** A worker's name as people type it. */
final class WorkerName {
  private static final String COLLECTION = "workers/";

  private WorkerName() {}

  /** Completes an id to "workers/{worker}". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }
}
