package io.tasklane.bench.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The server that is measured. */
public interface Target extends AutoCloseable {
  /** "HOST:PORT" of its API. */
  String grpc();

  /** JDBC URL of its database with user and password, empty where it is unknown. */
  Optional<String> database();

  /** URL of its broker, "tcp://HOST:PORT", empty where it is unknown. */
  Optional<String> broker();

  /** The largest resident memory so far of its Java processes, in MB; empty where unknown. */
  default Map<String, Long> peakMemory() {
    return Map.of();
  }

  /**
   * The resident memory of its processes at present, in MB by role: "node" for all its nodes
   * together, "broker" and "postgres"; empty where unknown.
   */
  default Map<String, Double> memory() {
    return Map.of();
  }

  /** All processes of the server, launchers too; none where they are unknown. */
  default Stream<ProcessHandle> processes() {
    return Stream.empty();
  }

  @Override
  void close();

  /**
   * A server that runs and goes on running.
   *
   * @param grpc "HOST:PORT" of its API
   * @param database JDBC URL with user and password, or empty
   * @param broker "tcp://HOST:PORT", or empty
   * @param launchers process ids of its launchers, none where they are unknown
   * @return the target
   */
  static Target running(
      String grpc, Optional<String> database, Optional<String> broker, List<Long> launchers) {
    return new Running(grpc, database, broker, launchers);
  }
}
