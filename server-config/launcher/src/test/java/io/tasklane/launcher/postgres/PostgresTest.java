package io.tasklane.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.BuiltServer;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.launcher.process.Kept;
import io.tasklane.launcher.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private ServerFolder server;
  private DataFolder data;
  private Postgres postgres;

  @BeforeEach
  void prepare() throws Exception {
    server = BuiltServer.folder();
    data = new DataFolder(folder.resolve("data"));
    postgres = postgres();
  }

  private Postgres postgres() throws Exception {
    return new Postgres(server, data, FreePort.pick(), said::add);
  }

  private static String ask(Postgres database, String sql) throws SQLException, IOException {
    String password = Files.readString(database.passwordFile());
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), password);
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      ResultSet rows = statement.getResultSet();
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void nothing_that_was_committed_may_be_lost() throws Exception {
    try (Kept running = Kept.start(data, postgres)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(ask(postgres, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres, "show shared_buffers")).isEqualTo("256MB");
      assertThat(ask(postgres, "show jit")).isEqualTo("off");
      assertThat(ask(postgres, "select datlocale from pg_database where datname = 'tasklane'"))
          .isEqualTo("C.UTF-8");
    }
  }

  @Test
  void only_the_application_connects_and_only_with_its_password() throws Exception {
    try (Kept running = Kept.start(data, postgres)) {
      assertThat(ask(postgres, "select usesuper from pg_user where usename = current_user"))
          .isEqualTo("f");
      assertThat(Files.getPosixFilePermissions(postgres.passwordFile()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readString(data.log("postgres")))
          .doesNotContain(Files.readString(postgres.passwordFile()));
      for (String user : List.of("tasklane", "postgres")) {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), user, "guess"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void a_second_start_finds_everything_again() throws Exception {
    try (Kept running = Kept.start(data, postgres)) {
      ask(postgres, "create table trade as select 42 as quantity");
    }
    Postgres second = postgres();
    try (Kept running = Kept.start(data, second)) {
      assertThat(ask(second, "select quantity from trade")).isEqualTo("42");
    }
    assertThat(said).isEmpty();
  }

  @Test
  void killed_it_is_back_at_its_port_with_every_committed_row() throws Exception {
    try (Kept running = Kept.start(data, postgres)) {
      ask(postgres, "create table trade as select 42 as quantity");

      running.killAndAwaitSuccessor();

      assertThat(ask(postgres, "select quantity from trade")).isEqualTo("42");
    }
  }

  @Test
  void one_that_outlived_its_launcher_is_taken_over() throws Exception {
    Kept orphan = Kept.start(data, postgres);
    try {
      ask(postgres, "create table trade as select 42 as quantity");
      ProcessId former = orphan.process();

      FormerPostmaster.end(data, said::add);

      assertThat(former.alive()).isFalse();
      assertThat(said).singleElement().asString().contains("pid " + former.pid());
    } finally {
      orphan.close();
    }
    Postgres next = postgres();
    try (Kept running = Kept.start(data, next)) {
      assertThat(ask(next, "select quantity from trade")).isEqualTo("42");
    }
  }

  @Test
  void a_stale_pid_file_with_somebody_elses_number_is_no_obstacle() throws Exception {
    Kept.start(data, postgres).close();
    Files.writeString(PostmasterFile.in(data.postgres()), ProcessHandle.current().pid() + "\n");

    try (Kept running = Kept.start(data, postgres)) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void without_a_record_of_it_it_is_known_by_its_folder_and_its_start() throws Exception {
    Kept orphan = Kept.start(data, postgres);
    try {
      ProcessId former = orphan.process();
      Files.delete(data.run().resolve("postgres.pid"));

      FormerPostmaster.end(data, said::add);

      assertThat(former.alive()).isFalse();
    } finally {
      orphan.close();
    }
  }

  @Test
  void another_program_that_has_its_number_now_is_not_signalled() throws Exception {
    Kept.start(data, postgres).close();
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("postgres_exporter"));
    Process foreign = new ProcessBuilder(program.toString(), "60").start();
    try {
      Files.writeString(
          PostmasterFile.in(data.postgres()),
          pidFile(foreign.pid(), Instant.now().getEpochSecond()));

      try (Kept running = Kept.start(data, postgres)) {
        assertThat(ask(postgres, "select 1")).isEqualTo("1");
      }

      assertThat(foreign.isAlive()).isTrue();
      assertThat(said).isEmpty();
    } finally {
      foreign.destroyForcibly().waitFor();
    }
  }

  @Test
  void one_in_its_folder_that_may_be_it_or_not_is_named_and_not_signalled() throws Exception {
    Kept.start(data, postgres).close();
    Process other = new ProcessBuilder("sleep", "60").directory(data.postgres().toFile()).start();
    try {
      long hourAgo = Instant.now().minusSeconds(3600).getEpochSecond();
      Files.writeString(PostmasterFile.in(data.postgres()), pidFile(other.pid(), hourAgo));

      assertThatThrownBy(() -> FormerPostmaster.end(data, said::add))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("pid " + other.pid() + " works in")
          .hasMessageContaining("end it by hand");

      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private String pidFile(long pid, long start) {
    return "%d\n%s\n%d\n5432\n\n127.0.0.1\n1 2\nready   \n".formatted(pid, data.postgres(), start);
  }

  @Test
  void data_of_another_version_are_left_alone() throws Exception {
    Files.createDirectories(data.postgres());
    Files.createDirectories(data.logs());
    Files.writeString(data.postgres().resolve("PG_VERSION"), "12\n");

    assertThatThrownBy(() -> postgres.command())
        .hasMessageContaining("was made by PostgreSQL 12")
        .hasMessageContaining("this server brings 18");
  }
}
