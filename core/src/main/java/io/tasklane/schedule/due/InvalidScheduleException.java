package io.tasklane.schedule.due;

/** A schedule or a calendar is not allowed. The message says what is wrong and what is allowed. */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  /**
   * The value of this field is not allowed.
   *
   * @param field path in the schedule or calendar, such as "cron.expression"
   * @param problem what is wrong, and what is allowed
   */
  public InvalidScheduleException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  /** Path of the wrong field in the schedule or calendar. */
  public String field() {
    return field;
  }

  /** What is wrong, and what is allowed, without the field. */
  public String problem() {
    return problem;
  }
}
