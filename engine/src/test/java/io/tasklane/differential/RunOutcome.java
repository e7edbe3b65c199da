package io.tasklane.differential;

/** How a run ends in a script. */
enum RunOutcome {
  /** With a result. */
  SUCCEEDED("", false),
  /** The world's fault. */
  FAILED("FEED_DOWN", false),
  /** The world's fault, with what was done so far. */
  FAILED_PARTLY("FEED_DOWN", true),
  /** The world's fault, with a code that the task's policy does not try again. */
  FAILED_UNWANTED(TaskSpec.NO_RETRY, false),
  /** The caller's fault. */
  FAILED_FOR_GOOD("BAD_INPUT", false),
  /** Its time limit was hit. */
  TIMED_OUT("ATTEMPT_TIMEOUT", true),
  /** It was told to stop. */
  STOPPED("", true),
  /** It gave way to a task of higher priority. */
  PREEMPTED("", false),
  /** Its node stops. */
  HANDED_BACK("", false);

  private final String code;
  private final boolean partial;

  RunOutcome(String code, boolean partial) {
    this.code = code;
    this.partial = partial;
  }

  /** The code of the failure, empty where there is none. */
  String code() {
    return code;
  }

  /** Whether it is a failure that may be tried again. */
  boolean isRetryable() {
    return this == FAILED || this == FAILED_PARTLY || this == FAILED_UNWANTED;
  }

  /** Whether it leaves a partial result. */
  boolean isPartial() {
    return partial;
  }

  /** What it left, empty where it left nothing. */
  String result() {
    return this == SUCCEEDED ? "{\"done\":true}" : partial ? "{\"done\":false}" : "";
  }

  /** The message of the failure. */
  String message() {
    return code.isEmpty() ? "" : "source 17: " + code;
  }

  /** The stack trace of the failure. */
  String trace() {
    return code.isEmpty() ? "" : "E: source\n\tat a.B.read(B.java)";
  }

  /** What the handler logged. */
  String log() {
    return this == HANDED_BACK ? "" : "ended " + name();
  }
}
