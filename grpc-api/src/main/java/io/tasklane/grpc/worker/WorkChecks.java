package io.tasklane.grpc.worker;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.v1.WorkRequest;

/** What ends a stream of a worker at once: messages whose order nobody can rely on. */
final class WorkChecks {
  private WorkChecks() {}

  /**
   * Checks what a message is, before what it says.
   *
   * @param expected its sequence
   * @param greeted whether there was a Hello
   */
  static void order(WorkRequest request, long expected, boolean greeted) {
    if (request.getSequence() != expected) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "sequence",
          request.getSequence() + " is not allowed: " + expected + " comes next");
    }
    switch (request.getMessageCase()) {
      case MESSAGE_NOT_SET ->
          throw InvalidRequest.field(Reason.INVALID_FIELD, "message", "is missing");
      case HELLO -> {
        if (greeted) {
          throw InvalidRequest.field(Reason.INVALID_FIELD, "hello", "is not allowed a second time");
        }
      }
      default -> {
        if (!greeted) {
          throw noHello();
        }
      }
    }
  }

  static InvalidRequest noHello() {
    return InvalidRequest.field(
        Reason.INVALID_FIELD, "hello", "is missing: it has to be the first message, within 10 s");
  }

  /** The lease that a message names, empty for none. */
  static String leaseOf(WorkRequest request) {
    return switch (request.getMessageCase()) {
      case ACCEPT -> request.getAccept().getLeaseId();
      case REJECT -> request.getReject().getLeaseId();
      case COMPLETION -> request.getCompletion().getLeaseId();
      case FAILURE -> request.getFailure().getLeaseId();
      case CHECKPOINT -> request.getCheckpoint().getLeaseId();
      case LOG -> request.getLog().getLeaseId();
      case PARTIAL_RESULT -> request.getPartialResult().getLeaseId();
      case FACT -> request.getFact().getLeaseId();
      case SUSPEND -> request.getSuspend().getLeaseId();
      case RELEASE -> request.getRelease().getLeaseId();
      default -> "";
    };
  }
}
