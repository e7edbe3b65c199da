package io.tasklane.bench.server;

import java.util.Optional;

/** The server that is measured. */
public interface Target extends AutoCloseable {
  /** "HOST:PORT" of its API. */
  String grpc();

  /** JDBC URL of its database with user and password, empty where it is unknown. */
  Optional<String> database();

  @Override
  void close();

  /**
   * A server that runs and goes on running.
   *
   * @param grpc "HOST:PORT" of its API
   * @param database JDBC URL with user and password, or empty
   * @return the target
   */
  static Target running(String grpc, Optional<String> database) {
    return new Target() {
      @Override
      public String grpc() {
        return grpc;
      }

      @Override
      public Optional<String> database() {
        return database;
      }

      @Override
      public void close() {
        // It was there before, and stays.
      }
    };
  }
}
