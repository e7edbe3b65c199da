package io.tasklane.launcher.postgres;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderTree;
import io.tasklane.launcher.folder.ServerFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's data folder with the application's role and database, made at the first start. */
final class Cluster {
  static final String DATABASE = "tasklane";
  static final String ROLE = "tasklane";
  // Nobody connects as the superuser: it has no password. The application may see statistics.
  private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\n";
  // In single-user mode with -j a statement ends with an empty line.
  private static final String SQL =
      """
      CREATE ROLE %1$s LOGIN PASSWORD '%3$s';

      GRANT pg_monitor, pg_checkpoint TO %1$s;

      CREATE DATABASE %2$s OWNER %1$s;

      """;
  // The second keeps the password out of the log should a statement fail.
  private static final List<String> STRICT =
      List.of("-c", "exit_on_error=on", "-c", "log_min_error_statement=panic");

  private final ServerFolder server;
  private final DataFolder data;
  private final PlainUser user;
  private final Path log;

  Cluster(ServerFolder server, DataFolder data, PlainUser user, Path log) {
    this.server = server;
    this.data = data;
    this.user = user;
    this.log = log;
  }

  /** Makes it unless it exists. It appears at its place only when it is whole. */
  void ensure() throws CannotStart, IOException {
    if (Files.exists(data.postgres())) {
      checkVersion();
      return;
    }
    Path draft = data.root().resolve("postgres.new");
    new FolderTree(draft).delete();
    Files.createDirectories(draft);
    user.own(draft);
    initialise(draft);
    user.own(draft);
    fill(draft);
    Files.move(draft, data.postgres());
  }

  private void checkVersion() throws CannotStart, IOException {
    String found = Files.readString(data.postgres().resolve("PG_VERSION")).strip();
    String ours = Files.readString(server.postgres().resolve("MAJOR_VERSION")).strip();
    if (!found.equals(ours)) {
      throw new CannotStart(
          "%s was made by PostgreSQL %s, this server brings %s; use that server, or dump there and restore here"
              .formatted(data.shown(data.postgres()), found, ours));
    }
  }

  // The builtin provider's C.UTF-8 needs no locale of the system and never changes its order.
  private void initialise(Path draft) throws IOException {
    run(
        "",
        List.of(
            program("initdb"),
            "-D",
            draft.toString(),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions"));
    Files.writeString(draft.resolve("pg_hba.conf"), HBA);
  }

  private void fill(Path draft) throws IOException {
    String sql = SQL.formatted(ROLE, DATABASE, DatabasePassword.in(data.databasePassword()));
    List<String> command = new ArrayList<>(List.of(program("postgres"), "--single", "-j"));
    command.addAll(STRICT);
    command.addAll(List.of("-D", draft.toString(), "postgres"));
    run(sql, command);
  }

  private String program(String name) {
    return server.postgres().resolve("bin").resolve(name).toString();
  }

  private void run(String input, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(user.command(command))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    try {
      try (var stdin = process.outputWriter()) {
        stdin.write(input);
      }
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + " ended with exit code " + process.exitValue());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + command.get(0), stop);
    }
  }
}
