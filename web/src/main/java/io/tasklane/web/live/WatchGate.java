package io.tasklane.web.live;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Stands before the WebSocket and answers a request that will get no stream while it is still one
 * of HTTP. A session that the server closes as soon as it is open gets under the hands of Payara,
 * whose threads then work on a request that was given to somebody else.
 */
public class WatchGate extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient LiveQueues live;

  /** For the container. */
  public WatchGate() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<StreamRefusal> refusal = live.refusal(query(request));
    if (refusal.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(refusal.get().status());
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(refusal.get().words());
  }

  private static Map<String, List<String>> query(HttpServletRequest request) {
    return request.getParameterMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }
}
