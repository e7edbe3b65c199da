package io.tasklane.grpc.error;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tasklane.api.Refusal;
import jakarta.ejb.EJBException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/**
 * Turns whatever a call threw into the error that its client gets. A refusal is sent in full. An
 * internal error is sent as an incident id, under which the log has the stack trace.
 */
public final class ErrorReporter {
  private static final Logger LOG = System.getLogger(ErrorReporter.class.getName());

  private final RandomGenerator random;

  /**
   * Creates the reporter.
   *
   * @param random draws incident ids
   */
  public ErrorReporter(RandomGenerator random) {
    this.random = random;
  }

  /** The error that ends a call of this method. */
  public StatusRuntimeException answer(String method, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof StatusRuntimeException ready) {
      return ready;
    }
    return StatusProto.toStatusRuntimeException(status(method, cause));
  }

  /** The same as a message, where only an element of a call failed and the call goes on. */
  public Status status(String method, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof Refusal refusal) {
      return ErrorStatus.of(refusal);
    }
    if (cause instanceof InvalidRequest invalid) {
      return ErrorStatus.of(invalid);
    }
    String incident = Long.toHexString(random.nextLong());
    LOG.log(Level.ERROR, method + " failed, incident " + incident, cause);
    return ErrorStatus.of(
        Code.INTERNAL,
        Reason.INTERNAL,
        "internal error, incident " + incident + ": the server's log says more under this id",
        Map.of("incident", incident, "method", method));
  }

  /** The original exception: completion stages and beans wrap what was thrown inside them. */
  public static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof EJBException;
  }
}
