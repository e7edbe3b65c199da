package io.tasklane.launcher;

/**
 * Where a running server listens, all on 127.0.0.1.
 *
 * @param grpc port of the API
 * @param http port of the dashboard
 * @param jms port of the broker
 */
public record Addresses(int grpc, int http, int jms) {
  /** The one address everything binds to; other interfaces need credentials first. */
  public static final String HOST = "127.0.0.1";

  /** As the ready line and {@code server status} print it. */
  @Override
  public String toString() {
    return "grpc=" + at(grpc) + " http=" + at(http) + " jms=" + at(jms);
  }

  private static String at(int port) {
    return HOST + ":" + port;
  }
}
