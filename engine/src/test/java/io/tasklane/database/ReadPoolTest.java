package io.tasklane.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.api.Refusal;
import io.tasklane.commit.CuttingProxy;
import io.tasklane.time.Ticker;
import io.tasklane.time.Until;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller is told, and when, while the database is away. */
class ReadPoolTest {
  private static final Duration GENEROUS = Duration.ofSeconds(5);

  private CuttingProxy network;
  private ReadPool pool;
  private Database database;

  @BeforeEach
  void connect() throws IOException {
    Postgres.empty();
    network = new CuttingProxy(Postgres.port());
    ReadSource source = new ReadSource();
    source.setUrl(network.url());
    source.setUser("postgres");
    source.setConnectTimeout(3);
    source.setLoginTimeout(3);
    pool = new ReadPool(source);
    database = new Database(pool, source);
    read();
  }

  @AfterEach
  void disconnect() throws IOException {
    network.setMute(false);
    pool.close();
    network.close();
  }

  private void read() {
    database.with(connection -> NamedSql.on(connection, "SELECT 1").exists());
  }

  private Duration refusal() {
    long begin = Ticker.SYSTEM.nanos();
    Refusal refused = catchThrowableOfType(Refusal.class, this::read);
    assertThat(refused.sort()).isEqualTo(Refusal.Sort.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("the database cannot be reached");
    return Ticker.SYSTEM.since(begin);
  }

  @Test
  void a_database_that_is_away_is_told_in_seconds_and_then_at_once() {
    network.setAway(true);
    refusal(); // the connection that was idle breaks
    assertThat(refusal()).isLessThan(GENEROUS);
    long begin = Ticker.SYSTEM.nanos();
    int atOnce = 0;
    while (Ticker.SYSTEM.since(begin).compareTo(ReadPool.LONGEST_WAIT.dividedBy(8)) < 0) {
      refusal();
      atOnce++;
    }
    assertThat(atOnce).isGreaterThan(10);
  }

  @Test
  void a_read_whose_statement_was_sent_is_given_up() throws InterruptedException {
    network.setMute(true);
    CompletableFuture<Duration> read = CompletableFuture.supplyAsync(this::refusal);
    Thread.sleep(200); // its statement is under way
    assertThat(read.isDone()).isFalse();
    Until.isTrue(
        "the read has ended",
        () -> {
          database.giveUpReads();
          return read.isDone();
        });
    assertThat(read.join()).isLessThan(GENEROUS);
    network.setMute(false);
    Until.isTrue("others are read again", this::isReadable);
  }

  private boolean isReadable() {
    try {
      read();
      return true;
    } catch (Refusal stillAway) {
      return false;
    }
  }

  @Test
  void a_database_that_does_not_answer_is_told_in_seconds()
      throws InterruptedException, SQLException {
    // a read that hangs too shall not keep the others waiting; and a connection that was in use
    // half
    // a second ago is not tried first
    try (Connection hangs = pool.getConnection()) {
      Thread.sleep(1000);
      network.setMute(true);
      assertThat(refusal()).isLessThan(GENEROUS);
      assertThat(refusal()).as("at once").isLessThan(ReadPool.LONGEST_WAIT.dividedBy(2));
      assertThat(hangs.isClosed()).isFalse();
    }
  }

  @Test
  void reads_work_again_when_the_database_is_back() throws InterruptedException {
    network.setAway(true);
    refusal();
    refusal();
    network.setAway(false);
    long begin = Ticker.SYSTEM.nanos();
    while (true) {
      try {
        read();
        return;
      } catch (Refusal stillAway) {
        assertThat(Ticker.SYSTEM.since(begin)).isLessThan(Duration.ofSeconds(30));
        Thread.sleep(50);
      }
    }
  }

  @Test
  void a_pool_in_full_use_refuses_only_those_who_waited() throws SQLException {
    List<Connection> held = new ArrayList<>();
    try {
      for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
        held.add(pool.getConnection());
      }
      assertThatThrownBy(pool::getConnection).hasMessageContaining("tasklane-reads");
      held.remove(0).close();
      read();
    } finally {
      for (Connection one : held) {
        one.close();
      }
    }
  }
}
