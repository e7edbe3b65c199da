package io.tasklane.workflow.decision;

/** An output cannot be read by an expression. */
public final class UnreadableOutputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * It cannot be read.
   *
   * @param code such as INPUT_TOO_LARGE
   * @param message for people
   */
  public UnreadableOutputException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Machine-readable. */
  public String code() {
    return code;
  }
}
