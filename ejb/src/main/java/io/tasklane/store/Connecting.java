package io.tasklane.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.config.DatabaseConfig;
import io.tasklane.config.NodeConfig;
import io.tasklane.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connects to PostgreSQL, and keeps trying for a while where it is not there yet. */
public final class Connecting {
  private static final Logger LOG = Logger.getLogger(Connecting.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int POOL_SIZE = 10;

  private Connecting() {}

  /**
   * Connects.
   *
   * @throws IllegalStateException where it cannot be reached within the start time-out; the message
   *     says what to do
   */
  public static Database connect(NodeConfig config) {
    DatabaseConfig database = config.database();
    PGSimpleDataSource direct = new PGSimpleDataSource();
    direct.setUrl(database.url());
    direct.setUser(database.user());
    direct.setApplicationName("tasklane " + config.name());
    direct.setConnectTimeout(3);
    direct.setTcpKeepAlive(true);
    database
        .password()
        .or(() -> database.passwordFile().map(Connecting::read))
        .ifPresent(direct::setPassword);
    awaitDatabase(direct, config);
    return new Database(
        database.pool().map(Connecting::named).orElseGet(() -> own(direct)), direct);
  }

  private static DataSource own(DataSource direct) {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(direct);
    pool.setPoolName("tasklane-reads");
    pool.setMaximumPoolSize(POOL_SIZE);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    return new HikariDataSource(pool);
  }

  private static DataSource named(String pool) {
    try {
      DataSource found = InitialContext.doLookup(pool);
      found.getConnection().close();
      return found;
    } catch (NamingException | SQLException unusable) {
      throw new IllegalStateException(
          "tasklane.database.pool = \""
              + pool
              + "\" cannot be used: create and ping that connection pool in the server, or unset it",
          unusable);
    }
  }

  /** Closes the pool; one of the server belongs to the server. */
  public static void disconnect(Database database) {
    if (database.pool() instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "tasklane.database.password-file " + file + " cannot be read", unreadable);
    }
  }

  private static void awaitDatabase(PGSimpleDataSource source, NodeConfig config) {
    long begin = Ticker.SYSTEM.nanos();
    for (int attempt = 1; ; attempt++) {
      try {
        source.getConnection().close();
        return;
      } catch (SQLException away) {
        String what = config.database() + " cannot be reached: " + away.getMessage();
        if (Ticker.SYSTEM.since(begin).compareTo(config.startTimeout()) > 0) {
          throw new IllegalStateException(
              what + "; start it, or set tasklane.database.url, .user and .password-file", away);
        }
        if (attempt % 10 == 1) {
          LOG.warning(what + "; trying for " + config.startTimeout().toSeconds() + " s");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
