package io.tasklane.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of what a server serves over HTTP. */
final class Http {
  /** Far more than an answer takes, and far less than one that waits for a part that hangs. */
  static final Duration BOUND = Duration.ofSeconds(20);

  static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  /** Gets it; headers are name, value, name, value. */
  static HttpResponse<String> get(RunningServer server, String path, String... headers)
      throws IOException, InterruptedException {
    return get(server.http(), path, headers);
  }

  /** Gets it from "HOST:PORT". */
  static HttpResponse<String> get(String address, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(BOUND);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
