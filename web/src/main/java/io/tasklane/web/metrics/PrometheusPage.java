package io.tasklane.web.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the figures to Prometheus: its text format, or OpenMetrics where that is asked for. */
@WebServlet("/prometheus")
public class PrometheusPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Figures figures;

  /** For the container. */
  public PrometheusPage() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ExpositionFormatWriter writer = writer(request.getHeader("Accept"));
    response.setContentType(writer.getContentType());
    writer.write(response.getOutputStream(), figures.now());
  }

  private static ExpositionFormatWriter writer(String accept) {
    ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    return accept != null && openMetrics.accepts(accept)
        ? openMetrics
        : PrometheusTextFormatWriter.create();
  }
}
