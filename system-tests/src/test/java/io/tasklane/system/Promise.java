package io.tasklane.system;

/**
 * A refusal that a method promises, or has given.
 *
 * @param method such as "TaskService/GetTask"
 * @param code of gRPC, such as "NOT_FOUND"
 * @param reason of ErrorInfo, such as "TASK_NOT_FOUND"; "" where there was none
 */
record Promise(String method, String code, String reason) {
  /** Code and reason, such as "NOT_FOUND TASK_NOT_FOUND". */
  String answer() {
    return code + " " + reason;
  }

  @Override
  public String toString() {
    return method + " " + answer();
  }
}
