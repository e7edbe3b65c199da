package io.tasklane.bench.server;

import java.util.Optional;

/** A server that was there before, and stays. */
record Running(String grpc, Optional<String> database, Optional<String> broker) implements Target {
  @Override
  public void close() {
    // it stays
  }
}
