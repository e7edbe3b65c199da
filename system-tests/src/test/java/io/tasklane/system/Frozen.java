package io.tasklane.system;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A part of a server stopped by SIGSTOP with all its processes; closing lets it go on. */
final class Frozen implements AutoCloseable {
  private final List<ProcessHandle> processes;

  private Frozen(List<ProcessHandle> processes) {
    this.processes = processes;
  }

  /** Freezes the part of this name, such as "postgres" or "broker". */
  static Frozen part(RunningServer server, String name) throws Exception {
    ProcessHandle part = server.part(name);
    return process(Stream.concat(Stream.of(part), part.descendants()).toList());
  }

  /** Freezes the launcher alone, so that it starts no part again. */
  static Frozen launcher(RunningServer server) throws Exception {
    return process(List.of(server.launcher()));
  }

  private static Frozen process(List<ProcessHandle> processes) throws Exception {
    Frozen frozen = new Frozen(processes);
    frozen.signal("STOP");
    return frozen;
  }

  private void signal(String signal) throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    signal("CONT");
  }
}
