package io.tasklane.web.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Stands before Payara's own page of metrics, which gives the series of the scopes base and vendor
 * once for each of its applications, one of them its own: collectors refuse a page with a series
 * twice, or take either value.
 */
@WebFilter("/metrics")
public class MetricsPage extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** For the container. */
  public MetricsPage() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HeldResponse held = new HeldResponse(response);
    chain.doFilter(request, held);
    if (!held.isHeld()) {
      return;
    }
    byte[] page = SeriesOnce.of(held.text()).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }
}
