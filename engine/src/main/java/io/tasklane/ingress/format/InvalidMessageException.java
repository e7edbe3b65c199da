package io.tasklane.ingress.format;

/** A message that cannot be understood, and never will be: the sender has to change it. */
public final class InvalidMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A message that is not understood.
   *
   * @param reason for programs, such as "INVALID_FIELD"
   * @param message for people, naming field and value, and what is allowed
   */
  public InvalidMessageException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A value that is not allowed. */
  static InvalidMessageException field(String field, Object value, String allowed) {
    return new InvalidMessageException(
        "INVALID_FIELD", field + ": " + value + " is not allowed: " + allowed);
  }

  /** For programs. */
  public String reason() {
    return reason;
  }
}
