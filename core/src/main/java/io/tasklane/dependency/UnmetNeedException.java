package io.tasklane.dependency;

/** A task is not run again as if what it needs had ended as needed. The message says what did. */
public final class UnmetNeedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the name of the needed task and what became of it, for people. */
  public UnmetNeedException(String message) {
    super(message);
  }
}
