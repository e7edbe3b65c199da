package io.tasklane.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the API is served.
 *
 * @param host {@code tasklane.grpc.host}, default 127.0.0.1; only a loopback address, because
 *     anybody who reaches the port may do anything
 * @param port {@code tasklane.grpc.port}, default 9090; 0 picks a free one
 * @param readyFile {@code tasklane.ready-file}: written once the API is served; empty for none
 */
public record GrpcSettings(String host, int port, Optional<Path> readyFile) {
  private static final String HOST = "tasklane.grpc.host";
  private static final String PORT = "tasklane.grpc.port";
  private static final String READY_FILE = "tasklane.ready-file";
  private static final int HIGHEST_PORT = 65_535;

  /** Refuses what cannot be served on. */
  public GrpcSettings {
    if (port < 0 || port > HIGHEST_PORT) {
      throw refused(PORT, Integer.toString(port), "0 to 65535, 0 picks a free port");
    }
    if (!resolved(host).isLoopbackAddress()) {
      throw refused(
          HOST,
          host,
          "a loopback address such as 127.0.0.1, because no credentials can be configured yet and"
              + " everybody who reaches the port could do anything");
    }
  }

  /**
   * Reads the configuration.
   *
   * @param value of a key, empty where it is not set
   * @throws IllegalArgumentException naming the key, its value and what is allowed
   */
  public static GrpcSettings read(Function<String, Optional<String>> value) {
    return new GrpcSettings(
        value.apply(HOST).orElse("127.0.0.1"),
        value.apply(PORT).map(GrpcSettings::number).orElse(9090),
        value.apply(READY_FILE).map(Path::of));
  }

  /** What to listen on. */
  public InetSocketAddress address() {
    return new InetSocketAddress(resolved(host), port);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException noNumber) {
      throw refused(PORT, text, "0 to 65535, 0 picks a free port");
    }
  }

  private static InetAddress resolved(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw refused(HOST, host, "the name or address of this machine's loopback interface");
    }
  }

  private static IllegalArgumentException refused(String key, String value, String allowed) {
    return new IllegalArgumentException(key + " = \"" + value + "\" is not allowed: " + allowed);
  }
}
