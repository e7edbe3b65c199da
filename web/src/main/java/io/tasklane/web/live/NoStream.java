package io.tasklane.web.live;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.error.InvalidRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What somebody is told who asked for a stream and gets none.
 *
 * @param status of HTTP
 * @param words what is wrong and what is allowed
 */
record NoStream(int status, String words) {
  static NoStream because(RuntimeException refused) {
    return new NoStream(status(refused), refused.getMessage());
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
