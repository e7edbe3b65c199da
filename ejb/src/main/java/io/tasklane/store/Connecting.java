package io.tasklane.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.config.NodeConfig;
import io.tasklane.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
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
    PGSimpleDataSource direct = new PGSimpleDataSource();
    direct.setUrl(config.databaseUrl());
    direct.setUser(config.databaseUser());
    direct.setApplicationName("tasklane " + config.name());
    direct.setConnectTimeout(3);
    direct.setTcpKeepAlive(true);
    config.databasePassword().ifPresent(secret -> direct.setPassword(secret.reveal()));
    awaitDatabase(direct, config);
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(direct);
    pool.setPoolName("tasklane-reads");
    pool.setMaximumPoolSize(POOL_SIZE);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    return new Database(new HikariDataSource(pool), direct);
  }

  /** Closes the pool. */
  public static void disconnect(Database database) {
    if (database.pool() instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  private static void awaitDatabase(PGSimpleDataSource source, NodeConfig config) {
    long begin = Ticker.SYSTEM.nanos();
    for (int attempt = 1; ; attempt++) {
      try {
        source.getConnection().close();
        return;
      } catch (SQLException away) {
        String what =
            "PostgreSQL at " + config.databaseUrl() + " cannot be reached: " + away.getMessage();
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
