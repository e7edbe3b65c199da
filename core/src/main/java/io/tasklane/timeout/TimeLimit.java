package io.tasklane.timeout;

/** A time limit of a waiting task, which fails when it is over. */
public enum TimeLimit {
  /** It was not started by its expire time. */
  EXPIRE_TIME("EXPIRED", "it had not started by its expire_time"),
  /** It waited in its queue for its first start too long. */
  QUEUE_TIMEOUT("QUEUE_TIMEOUT", "it had not started within its queue_timeout"),
  /** Its attempts, with the waits between them, took too long. */
  TOTAL_TIMEOUT("TOTAL_TIMEOUT", "its total_timeout was over while it waited for its next attempt");

  private final String code;
  private final String message;

  TimeLimit(String code, String message) {
    this.code = code;
    this.message = message;
  }

  /** The machine-readable code of the failure. */
  public String code() {
    return code;
  }

  /** What happened, for people. */
  public String message() {
    return message;
  }
}
