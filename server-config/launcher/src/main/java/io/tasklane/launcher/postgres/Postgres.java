package io.tasklane.launcher.postgres;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.DiskRoom;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The database: a real PostgreSQL on loopback, durable, on the lasting data folder. */
public final class Postgres implements Component {
  static final String NAME = "postgres";
  private static final Duration IMMEDIATE = Duration.ofSeconds(1);
  private final ServerFolder server;
  private final DataFolder data;
  private final int port;
  private final Consumer<String> say;

  /**
   * A database that is not running yet.
   *
   * @param server where its programs and settings are
   * @param data where its data are
   * @param port where it listens on 127.0.0.1
   * @param say hears what an operator should know
   */
  public Postgres(ServerFolder server, DataFolder data, int port, Consumer<String> say) {
    this.server = server;
    this.data = data;
    this.port = port;
    this.say = say;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "PostgreSQL";
  }

  /** Where the application finds its database. */
  public String url() {
    return "jdbc:postgresql://" + Addresses.HOST + ":" + port + "/" + Cluster.DATABASE;
  }

  /** The application's role. */
  public String user() {
    return Cluster.ROLE;
  }

  /** The file with that role's password. */
  public Path passwordFile() {
    return data.databasePassword();
  }

  @Override
  public ProcessBuilder command() throws CannotStart, IOException {
    PlainUser user = PlainUser.here();
    FormerPostmaster.end(data, say);
    new Cluster(server, data, user, data.log(name())).ensure();
    user.own(data.postgres());
    ProcessBuilder builder = new ProcessBuilder(user.command(postmaster()));
    return builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
  }

  private List<String> postmaster() {
    return List.of(
        server.postgres().resolve("bin/postgres").toString(),
        "-D",
        data.postgres().toString(),
        "-c",
        "config_file=" + server.conf("postgresql.conf"),
        "-c",
        "port=" + port);
  }

  @Override
  public boolean ready(long pid) {
    return PostmasterFile.read(data.postgres())
        .filter(file -> file.pid() == pid && file.ready())
        .isPresent();
  }

  @Override
  public Optional<String> lacks() {
    return DiskRoom.lackedBy(data, data.postgres(), data.postgres().resolve("pg_wal"));
  }

  /** Recovery after a crash replays up to max_wal_size and is not to be cut short. */
  @Override
  public Duration patience() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void stop(Process process) {
    signal(Signals.INT, process);
  }

  /** A child that has ended is waited for at once, after which its number may be another's. */
  private static void signal(Signals signal, Process process) {
    if (process.isAlive()) {
      ProcessId.of(process.pid()).ifPresent(signal::send);
    }
  }

  @Override
  public void force(Process process) {
    signal(Signals.QUIT, process);
    try {
      process.waitFor(IMMEDIATE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
