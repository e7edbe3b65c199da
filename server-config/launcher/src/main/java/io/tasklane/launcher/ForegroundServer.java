package io.tasklane.launcher;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderLock;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.postgres.FormerPostmaster;
import io.tasklane.launcher.process.Archives;
import io.tasklane.launcher.process.Leftovers;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server in the foreground: it runs until a signal or a failure ends it. */
final class ForegroundServer {
  private static final Duration BOUND = Duration.ofMinutes(4);
  private final Clock clock;
  private volatile int exitCode;

  ForegroundServer(Clock clock) {
    this.clock = clock;
  }

  /** Returns only when the server has failed; a signal ends the process through its hook. */
  int run(StartOptions options) throws CannotStart, IOException {
    DataFolder data = options.folder();
    data.create();
    // Held until this process ends, and so until every component of it has.
    FolderLock lock = FolderLock.take(data);
    RunRecord record = new RunRecord(data.run());
    StatusFile.in(data).clear();
    FormerPostmaster.end(data, ForegroundServer::say);
    Leftovers.clear(record, Leftovers.PATIENCE, ForegroundServer::say);
    record.write(RunRecord.LAUNCHER, ProcessId.self());
    ServerFolder built = ServerFolder.ofThisLauncher();
    Server server =
        Server.assemble(options, built, new Archives(built, false), clock, ForegroundServer::say);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data), "stop"));
    try {
      return serve(server, options);
    } catch (CannotStart | IOException failed) {
      exitCode = 1;
      throw failed;
    }
  }

  private int serve(Server server, StartOptions options) throws CannotStart, IOException {
    DataFolder data = options.folder();
    say("starting " + server + " on " + data);
    Map<String, String> status = new LinkedHashMap<>();
    status.put(StatusFile.COMPONENTS, String.join(" ", server.componentNames()));
    status.put(StatusFile.LOGS, data.logs().toString());
    status.put(StatusFile.GRACE, Long.toString(options.grace().toSeconds()));
    StatusFile.in(data).write(status);
    Addresses addresses = server.start(BOUND);
    status.put(StatusFile.READY, "true");
    status.putAll(addresses.fields());
    StatusFile.in(data).write(status);
    System.out.println("tasklane ready " + addresses);
    throw server.awaitFailure();
  }

  /** What a signal runs; halting with 0 tells a supervisor that the end was in good order. */
  private void end(Server server, DataFolder data) {
    try {
      server.stop();
      StatusFile.in(data).clear();
      new RunRecord(data.run()).remove(RunRecord.LAUNCHER);
    } catch (IOException leftBehind) {
      say("stopped, but " + leftBehind);
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private static void say(String sentence) {
    System.err.println("tasklane: " + sentence);
  }
}
