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
 * Turns whatever a call threw into what its client is told. A refusal tells all; a fault of ours
 * tells an incident id, under which the log has the stack trace.
 */
public final class FaultDesk {
  private static final Logger LOG = System.getLogger(FaultDesk.class.getName());

  private final RandomGenerator random;

  /** Draws incident ids from this. */
  public FaultDesk(RandomGenerator random) {
    this.random = random;
  }

  /** The answer to a call of this method that failed so. */
  public StatusRuntimeException answer(String method, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof StatusRuntimeException ready) {
      return ready;
    }
    return StatusProto.toStatusRuntimeException(status(method, cause));
  }

  /** The same as a message, for a part of a call that goes on. */
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

  /** What was thrown; stages and beans wrap what was thrown inside them. */
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
