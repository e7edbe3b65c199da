package io.tasklane.batch;

import java.util.Arrays;

/** What a batch operation does to each of its targets. The code is what its row keeps. */
public enum BatchKind {
  /** Waiting tasks end, running ones are asked to stop. */
  CANCEL_TASKS(1, "tasks/"),
  /** Each task that ended without success is created once more. */
  RETRY_TASKS(2, "tasks/"),
  /** Waiting tasks take another place in their queue. */
  SET_PRIORITY(3, "tasks/"),
  /** The task of each dead letter is created once more. */
  REPLAY_DEAD_LETTERS(4, "deadLetters/"),
  /** Dead letters are discarded for good. */
  DISCARD_DEAD_LETTERS(5, "deadLetters/"),
  /** All that is open in each workflow is cancelled. */
  CANCEL_WORKFLOWS(8, "workflows/");

  private final int code;
  private final String collection;

  BatchKind(int code, String collection) {
    this.code = code;
    this.collection = collection;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** Name of the target with this id, such as "tasks/nightly-7". */
  public String target(String id) {
    return collection + id;
  }

  /** Whether it creates copies of tasks, and so may ignore their dependencies. */
  public boolean copies() {
    return this == RETRY_TASKS || this == REPLAY_DEAD_LETTERS;
  }

  /** Whether its targets are tasks that it changes in their places. */
  public boolean movesTasks() {
    return this == CANCEL_TASKS || this == SET_PRIORITY;
  }

  /**
   * The kind stored as this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BatchKind of(int code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of batch has the code " + code));
  }
}
