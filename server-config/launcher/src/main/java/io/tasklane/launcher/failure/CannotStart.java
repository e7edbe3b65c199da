package io.tasklane.launcher.failure;

/** Why the server cannot start, in words that name the component and what to do about it. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A start that ends here.
   *
   * @param reason which component, what happened and what to do, for the person at the terminal
   */
  public CannotStart(String reason) {
    super(reason);
  }
}
