package io.tasklane.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.database.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that crashes just before a commit gives the number of that transaction to another one
 * afterwards, if nothing of it had reached the disk.
 */
class CrashedDatabaseTest {
  private static final String AT_THE_CRASH = "at the crash";

  @TempDir private Path folder;
  private EmbeddedPostgres server;
  private boolean crashAtCommit;
  private long firstAfterTheCrash;

  @BeforeEach
  void start() throws IOException {
    server = started(0);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private EmbeddedPostgres started(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("wal_writer_delay", "10s") // nobody else brings the log to the disk
            .setLocaleConfig("locale", "C.UTF-8")
            .setLocaleConfig("encoding", "UTF-8");
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  @Test
  @Timeout(180)
  void a_commit_is_not_believed_because_another_transaction_has_got_its_number() throws Exception {
    DataSource source = server.getPostgresDatabase();
    Database database = new Database(source, cutAtCommit(source));
    Schema.migrate(new Database(source, source));
    Postgres.run(database, "CREATE TABLE written (transaction bigint)");
    Writing writing = new Writing();
    try (GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {})) {
      committer.submit(writing, "before").join(); // connected, and on the disk
      crashAtCommit = true;
      long told = committer.submit(writing, AT_THE_CRASH).join();
      assertThat(firstAfterTheCrash)
          .as("numbers are given again")
          .isLessThanOrEqualTo(writing.lost);
      assertThat(Postgres.number(database, "SELECT count(*) FROM written")).isEqualTo(2);
      assertThat(Postgres.number(database, "SELECT max(transaction) FROM written")).isEqualTo(told);
    }
  }

  /** Connections whose commit does not come through, because the server crashes, if it is to. */
  private DataSource cutAtCommit(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                method.getName().equals("getConnection")
                    ? cutAtCommit(source.getConnection())
                    : method.invoke(source, arguments));
  }

  private Connection cutAtCommit(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && crashAtCommit) {
                crashAtCommit = false;
                crash();
                throw new SQLException("the server has crashed", "08006");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** Kills all processes of the server, starts it again, and has others commit transactions. */
  private void crash() throws Exception {
    int port = server.getPort();
    List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(postmaster.descendants(), Stream.of(postmaster)).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().get(60, TimeUnit.SECONDS);
    }
    server.close();
    server = started(port);
    Database again = new Database(server.getPostgresDatabase(), server.getPostgresDatabase());
    firstAfterTheCrash = Postgres.number(again, "SELECT pg_current_xact_id()::text::bigint");
    for (int i = 0; i < 20; i++) {
      Postgres.number(again, "SELECT pg_current_xact_id()::text::bigint");
    }
  }

  /** Writes the number of its transaction. */
  private static final class Writing implements CommandKind<String, Long> {
    private long lost;

    @Override
    public CommandOrder order() {
      return CommandOrder.ENSURE_QUEUES;
    }

    @Override
    public List<Outcome<Long>> execute(Batch batch, List<String> commands) throws SQLException {
      try (PreparedStatement statement =
          batch.connection().prepareStatement("INSERT INTO written VALUES (?)")) {
        statement.setLong(1, batch.transaction());
        statement.executeUpdate();
      }
      if (lost == 0 && commands.contains(AT_THE_CRASH)) {
        lost = batch.transaction();
      }
      return List.of(Outcome.done(batch.transaction()));
    }
  }
}
