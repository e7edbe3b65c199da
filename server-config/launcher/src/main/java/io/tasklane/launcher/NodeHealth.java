package io.tasklane.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node says of itself at {@code /health/ready}. */
final class NodeHealth {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The data of the check, which follow its name; nothing in braces stands within them. */
  private static final Pattern FAULTS =
      Pattern.compile(
          "\"ongoing-faults\"[^{}]*\\{((?:\"(?:[^\"\\\\]++|\\\\.)*+\"|[^{}\"]++)*+)\\}");

  private static final Pattern DETAIL =
      Pattern.compile("\"detail\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern HEALTHY = Pattern.compile("\"healthy\"\\s*:\\s*true");

  private NodeHealth() {}

  /**
   * What fails on a node and is tried again.
   *
   * @param http its address, "host:port"
   * @return one line; empty where nothing fails, and where the node does not answer
   */
  static Optional<String> ongoingFaults(String http) {
    try {
      HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
      URI ready = URI.create("http://" + http + "/health/ready");
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(PATIENCE).build();
      return read(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | IllegalArgumentException silent) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static Optional<String> read(String health) {
    Matcher faults = FAULTS.matcher(health);
    if (!faults.find() || HEALTHY.matcher(faults.group(1)).find()) {
      return Optional.empty();
    }
    Matcher detail = DETAIL.matcher(faults.group(1));
    return detail.find() ? Optional.of(plain(detail.group(1))) : Optional.empty();
  }

  private static String plain(String escaped) {
    return escaped.replaceAll("\\\\[nrtbf]", " ").replaceAll("\\\\(.)", "$1");
  }
}
