package io.tasklane.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The pool for reads. A caller learns within three seconds that the database cannot be reached: it
 * waits for {@link #LONGEST_WAIT}, and perhaps for a connection that is being tried at its end;
 * those who ask in the half second after that learn it at once, so that a client's retries do not
 * each wait as long again.
 */
final class ReadPool extends HikariDataSource {
  /** How long a caller waits for a connection. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private static final int SIZE = 10;

  /** A connection that was idle has to answer within this time, or another one is taken. */
  private static final Duration VALIDATION = Duration.ofSeconds(1);

  private static final Duration REFUSING_AT_ONCE = Duration.ofMillis(500);

  private record Refused(long at, String why) {}

  private final ReadSource source;
  private volatile Refused last;

  ReadPool(ReadSource source) {
    super(config(source));
    this.source = source;
  }

  private static HikariConfig config(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("tasklane-reads");
    config.setMaximumPoolSize(SIZE);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT.toMillis());
    config.setValidationTimeout(VALIDATION.toMillis());
    return config;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Refused before = last;
    if (before != null && Ticker.SYSTEM.since(before.at()).compareTo(REFUSING_AT_ONCE) < 0) {
      throw new SQLTransientConnectionException(before.why());
    }
    try {
      Connection connection = super.getConnection();
      if (before != null) {
        last = null;
      }
      return connection;
    } catch (SQLTransientConnectionException none) {
      throw refused(none);
    }
  }

  /** Ends the reads that wait for a database that is away. */
  void giveUp() {
    source.giveUp();
  }

  /** A pool whose connections are all in use is busy; the next caller may be luckier. */
  private SQLException refused(SQLTransientConnectionException none) {
    if (none.getCause() == null || getHikariPoolMXBean().getTotalConnections() >= SIZE) {
      return none;
    }
    String why = none.getCause().getMessage();
    last = new Refused(Ticker.SYSTEM.nanos(), why);
    return new SQLTransientConnectionException(why, none);
  }
}
