package io.tasklane.bench.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server that was there before, and stays. */
record Running(
    String grpc, Optional<String> database, Optional<String> broker, List<Long> launchers)
    implements Target {

  @Override
  public Stream<ProcessHandle> processes() {
    return launchers.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(launcher -> Stream.concat(Stream.of(launcher), launcher.descendants()));
  }

  @Override
  public void close() {
    // it stays
  }
}
