package io.tasklane.database;

import io.tasklane.config.DatabaseConfig;
import io.tasklane.config.NodeConfig;
import io.tasklane.time.Ticker;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connects to PostgreSQL, and retries for a while if it is not available yet. */
public final class DatabaseConnector {
  private static final Logger LOG = Logger.getLogger(DatabaseConnector.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int CONNECT_SECONDS = 3;

  /**
   * No read takes this long; a database whose machine is gone would never answer. {@link
   * Database#giveUpReads} ends reads sooner.
   */
  private static final int LONGEST_READ_SECONDS = 60;

  private DatabaseConnector() {}

  /**
   * Connects.
   *
   * @throws IllegalStateException where it cannot be reached within the start time-out; the message
   *     says what to do
   */
  public static Database connect(NodeConfig config) {
    DatabaseConfig database = config.database();
    PGSimpleDataSource direct = source(config);
    awaitDatabase(direct, config);
    return new Database(
        database.pool().map(DatabaseConnector::named).orElseGet(() -> own(config)), direct);
  }

  private static DataSource own(NodeConfig config) {
    ReadSource pooled = new ReadSource();
    set(pooled, config);
    pooled.setSocketTimeout(LONGEST_READ_SECONDS);
    return new ReadPool(pooled);
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
              + "\" cannot be used: create and ping that connection pool in the server, or unset"
              + " it",
          unusable);
    }
  }

  private static PGSimpleDataSource source(NodeConfig config) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    set(source, config);
    return source;
  }

  private static void set(PGSimpleDataSource source, NodeConfig config) {
    source.setUrl(config.database().url());
    source.setUser(config.database().user());
    source.setApplicationName("tasklane " + config.name());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    config.database().password().ifPresent(secret -> source.setPassword(secret.reveal()));
  }

  /** Closes the pool, unless it belongs to the server. */
  public static void disconnect(Database database) {
    if (database.pool() instanceof ReadPool pool) {
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
