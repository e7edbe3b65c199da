package io.tasklane.trigger;

/** A trigger is not allowed. The message says what is wrong and what is allowed. */
public final class InvalidTriggerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /** The value of this field is not allowed. */
  public InvalidTriggerException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
  }

  /** Path of the wrong field in the trigger, such as "inputs[\"symbols\"]". */
  public String field() {
    return field;
  }
}
