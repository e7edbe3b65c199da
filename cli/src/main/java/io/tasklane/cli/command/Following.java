package io.tasklane.cli.command;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Reads a stream of the server, which ends every one after a while: the caller asks for the next.
 */
public final class Following {
  private Following() {}

  /**
   * Reads until the stream ends or enough was read.
   *
   * @param stream a call of the server
   * @param handler takes a message; returns whether more are wanted
   * @return whether it delivered anything
   * @throws StatusRuntimeException where the server refuses the call, or cannot be reached and has
   *     delivered nothing
   */
  public static <R> boolean read(Iterator<R> stream, Predicate<R> handler) {
    boolean delivered = false;
    try {
      boolean more = true;
      while (more && stream.hasNext()) {
        more = handler.test(stream.next());
        delivered = true;
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Code.UNAVAILABLE || !delivered) {
        throw e;
      }
    }
    return delivered;
  }
}
