package io.tasklane.story;

import io.tasklane.launcher.broker.Broker;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderTree;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.postgres.Postgres;
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.launcher.process.Keeper;
import io.tasklane.launcher.process.LogFile;
import io.tasklane.launcher.process.RestartBudget;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL and a real broker in processes of their own, on free ports, for one story. */
public final class Surroundings implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  final DataFolder data;
  final Postgres database;
  final Broker broker;
  final int brokerPort;
  private final List<Keeper> keepers = new ArrayList<>();
  private List<ContainerProcess> containers = List.of();
  // Also where the tests are ended before Arquillian says so: PostgreSQL would outlive them.
  private final Thread atExit = new Thread(this::end, "end the story's surroundings");

  private Surroundings(DataFolder data) throws CannotStart {
    this.data = data;
    ServerFolder server = BuiltParts.server();
    database = new Postgres(server, data, FreePort.pick(), System.err::println);
    brokerPort = FreePort.pick();
    broker = new Broker(server, data, brokerPort, List.of());
  }

  /** Starts both and waits until they serve. Where one does not, nothing of either is left. */
  public static Surroundings start() {
    try {
      Surroundings started =
          new Surroundings(new DataFolder(Files.createTempDirectory("tasklane-story-")));
      Runtime.getRuntime().addShutdownHook(started.atExit);
      started.begin();
      return started;
    } catch (IOException | CannotStart reason) {
      throw new IllegalStateException("no story without database and broker", reason);
    }
  }

  /** The folder of all of them. */
  public DataFolder data() {
    return data;
  }

  /** The database. */
  public Postgres database() {
    return database;
  }

  /** Where the broker listens on 127.0.0.1. */
  public int brokerPort() {
    return brokerPort;
  }

  /** A folder that is removed with the rest, for the files of the container. */
  public Path work() {
    return data.work("payara");
  }

  /** Takes note of the container that runs among them now; it ends before they do. */
  void embrace() {
    containers = ContainerProcess.using(work());
  }

  private void begin() throws IOException, CannotStart {
    data.create();
    Files.createDirectories(work());
    for (Component component : List.of(database, broker)) {
      LogFile log = new LogFile(data.log(component.name()));
      RunRecord record = new RunRecord(data.run());
      RestartBudget budget = new RestartBudget(Clock.systemUTC(), RestartBudget.RESTARTS);
      keepers.add(new Keeper(component, log, record, budget, System.err::println));
    }
    keepers.forEach(Keeper::begin);
    try {
      for (Keeper keeper : keepers) {
        CompletableFuture.anyOf(keeper.ready(), keeper.failure())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (keeper.failure().isDone()) {
          throw keeper.failure().join();
        }
      }
    } catch (Exception notReady) {
      close();
      throw new CannotStart("not ready: " + keepers + ": " + notReady);
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void end() {
    if (containers.isEmpty()) {
      embrace();
    }
    containers.forEach(container -> container.end(FAREWELL));
    try {
      for (Keeper keeper : keepers) {
        keeper.stop(FAREWELL);
      }
      new FolderTree(data.root()).delete();
    } catch (IOException left) {
      throw new UncheckedIOException("left behind: " + data.root(), left);
    }
  }
}
