package io.tasklane.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.time.SettableClock;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases are observed: times that somebody's clock has written end none and prolong none. */
class SteppedClockTest {
  private final Database database = Postgres.empty();
  private final SettableClock ticker = new SettableClock();
  @TempDir private Path folder;

  @ParameterizedTest(name = "stepped by {0} minutes")
  @ValueSource(ints = {60, -60})
  void a_clock_that_is_stepped_by_an_hour_buries_nobody_who_renews_and_saves_nobody_who_does_not(
      int minutes) throws Exception {
    row("living", minutes);
    row("silent", minutes);
    try (LeaseKeeper keeper =
        new LeaseKeeper(database, "n1", folder, ticker, Thread::new, () -> {})) {
      for (int second = 0; second < 8; second++) {
        Postgres.run(
            database,
            "UPDATE node_lease SET renewal_no = renewal_no + 1 WHERE node = 'living';"
                + " UPDATE node_lease SET renew_time = now() + interval '"
                + minutes
                + " minutes'");
        long before = renewals();
        ticker.pass(Duration.ofSeconds(1));
        Until.isTrue("a renewal", () -> renewals() > before);
        if (second < 5) {
          assertThat(dead("silent")).as("after %d s", second + 1).isZero();
        }
      }
      Until.isTrue("the silent one is buried", () -> dead("silent") == 1);
      assertThat(dead("living")).isZero();
      assertThat(keeper.isHeld()).isTrue();
      assertThat(keeper.node().incarnation()).isOne();
    }
  }

  private long renewals() {
    return Postgres.number(database, "SELECT renewal_no FROM node_lease WHERE node = 'n1'");
  }

  private long dead(String node) {
    return Postgres.number(
        database, "SELECT count(*) FROM node_lease WHERE dead AND node = '" + node + "'");
  }

  private void row(String node, int minutes) {
    String at = "now() + interval '" + minutes + " minutes'";
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('%s', 1, 1, false, 'h', 'f', %s, %s)"
            .formatted(node, at, at));
  }
}
