package io.tasklane.condition;

/** An expression cannot be stored. The message says where and why. */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Position position;

  /** The expression is wrong at this position. */
  public InvalidExpressionException(Position position, String problem) {
    super(position + ": " + problem);
    this.position = position;
  }

  /** Where it is wrong. */
  public Position position() {
    return position;
  }
}
