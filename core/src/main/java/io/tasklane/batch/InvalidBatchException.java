package io.tasklane.batch;

/** A batch operation is asked for with a field that its kind does not allow. */
public final class InvalidBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String field;

  InvalidBatchException(String field, String allowed) {
    super("allowed is " + allowed);
    this.field = field;
  }

  /** The wrong field of the batch operation, such as "priority". */
  public String field() {
    return field;
  }
}
