package io.tasklane.web.live;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.error.InvalidRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The HTTP response to a client that asked for a stream and gets none.
 *
 * @param status the HTTP status
 * @param words what is wrong and what is allowed
 */
record StreamRefusal(int status, String words) {
  static StreamRefusal because(RuntimeException refused) {
    return new StreamRefusal(status(refused), refused.getMessage());
  }

  private static int status(RuntimeException refused) {
    if (refused instanceof InvalidRequest) {
      return HttpServletResponse.SC_BAD_REQUEST;
    }
    return refused instanceof Refusal refusal && refusal.sort() == Refusal.Sort.NOT_FOUND
        ? HttpServletResponse.SC_NOT_FOUND
        : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
  }
}
