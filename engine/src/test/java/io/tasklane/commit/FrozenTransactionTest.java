package io.tasklane.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node has locked that freezes in the middle of a transaction. */
class FrozenTransactionTest {
  private static final String LOCK = "SELECT pg_advisory_xact_lock(4711)";
  private final Database database = Postgres.empty();

  @Test
  @Timeout(120)
  void its_locks_are_free_again_after_seconds_and_its_command_is_done_once_it_goes_on()
      throws Exception {
    Freezing freezing = new Freezing();
    try (GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
        Connection other = database.open()) {
      CompletableFuture<Integer> frozen =
          CompletableFuture.supplyAsync(() -> committer.submit(freezing, "").join());
      freezing.inside.await();
      run(other, LOCK); // waits until the database has ended the frozen transaction
      assertThat(frozen).isNotDone();
      freezing.goesOn.countDown();
      assertThat(frozen.get(60, TimeUnit.SECONDS)).as("the attempt that counted").isEqualTo(2);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
    }
  }

  /** Freezes in its first attempt, with a lock. */
  private static final class Freezing implements CommandKind<String, Integer> {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final AtomicInteger attempts = new AtomicInteger();

    @Override
    public CommandOrder order() {
      return CommandOrder.ENSURE_QUEUES;
    }

    @Override
    public List<Outcome<Integer>> execute(Batch batch, List<String> commands) throws SQLException {
      int attempt = attempts.incrementAndGet();
      if (attempt == 1) {
        run(batch.connection(), LOCK);
        inside.countDown();
        awaitTheEnd();
      }
      run(batch.connection(), "SELECT 1");
      return List.of(Outcome.done(attempt));
    }

    private void awaitTheEnd() {
      try {
        if (!goesOn.await(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody let it go on");
        }
      } catch (InterruptedException stop) {
        throw new IllegalStateException(stop);
      }
    }
  }
}
