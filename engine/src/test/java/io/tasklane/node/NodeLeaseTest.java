package io.tasklane.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.commit.CuttingProxy;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.time.SettableClock;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLeaseTest {
  private final Database database = Postgres.empty();
  private final SettableClock ticker = new SettableClock();
  private final AtomicInteger toldOver = new AtomicInteger();
  @TempDir private Path data;

  @Test
  void a_second_start_of_the_same_node_in_one_data_folder_is_refused() throws Exception {
    try (LeaseKeeper first = keep(database, "n1")) {
      assertThatThrownBy(() -> keep(database, "n1"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("node n1 runs already")
          .hasMessageContaining("set tasklane.node to another name");
      assertThat(first.isHeld()).isTrue();
      keep(database, "n2").close();
    }
  }

  @Test
  void every_start_is_a_new_incarnation_and_an_end_in_good_order_ends_the_lease() throws Exception {
    try (LeaseKeeper first = keep(database, "n1")) {
      assertThat(first.node()).isEqualTo(new Node("n1", 1));
    }
    assertThat(dead("n1")).isOne();
    try (LeaseKeeper second = keep(database, "n1")) {
      assertThat(second.node()).isEqualTo(new Node("n1", 2));
    }
  }

  @Test
  void a_node_that_others_declared_dead_begins_anew_and_its_runs_are_told() throws Exception {
    try (LeaseKeeper keeper = keep(database, "n1")) {
      Postgres.run(database, "UPDATE node_lease SET dead = true WHERE node = 'n1'");
      ticker.pass(Duration.ofSeconds(1));
      Until.isTrue("a new start", () -> keeper.node().incarnation() == 2 && keeper.isHeld());
      assertThat(toldOver).hasValue(1);
      assertThat(dead("n1")).isZero();
    }
  }

  @Test
  void a_node_that_is_silent_for_a_whole_lease_is_declared_dead_and_a_living_one_is_not()
      throws Exception {
    row("silent");
    row("living");
    try (LeaseKeeper keeper = keep(database, "n1")) {
      for (int second = 0; second < 8; second++) {
        Postgres.run(
            database, "UPDATE node_lease SET renewal_no = renewal_no + 1 WHERE node = 'living'");
        passOneRenewal();
      }
      Until.isTrue("the silent one is buried", () -> dead("silent") == 1);
      assertThat(dead("living")).isZero();
      assertThat(keeper.isHeld()).isTrue();
    }
  }

  @Test
  void a_lease_that_cannot_be_renewed_is_over_and_its_holder_has_it_again_if_nobody_took_it()
      throws Exception {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        LeaseKeeper keeper = keep(network.database(), "n1")) {
      network.setAway(true);
      ticker.pass(LeaseKeeper.LEASE);
      assertThat(keeper.isHeld()).isFalse();
      Until.isTrue("its runs are told", () -> toldOver.get() == 1);
      network.setAway(false);
      ticker.pass(Duration.ofSeconds(1));
      Until.isTrue("the same start goes on", keeper::isHeld);
      assertThat(keeper.node().incarnation()).isOne();
      assertThat(toldOver).hasValue(1);
    }
  }

  @Test
  void a_row_that_a_frozen_node_has_locked_keeps_nobody_from_renewing() throws Exception {
    row("silent");
    try (LeaseKeeper keeper = keep(database, "n1");
        Connection frozen = database.open()) {
      frozen.setAutoCommit(false);
      frozen.createStatement().execute("SELECT FROM node_lease WHERE node = 'silent' FOR SHARE");
      for (int second = 0; second < 10; second++) {
        passOneRenewal();
        Thread.sleep(50); // who would wait for the row does so now
        assertThat(waitingForALock()).isZero();
      }
      assertThat(dead("silent")).isZero();
      assertThat(keeper.isHeld()).isTrue();
      frozen.rollback();
      passOneRenewal();
      Until.isTrue("the silent one is buried", () -> dead("silent") == 1);
    }
  }

  @Test
  void a_database_that_does_not_answer_at_all_is_noticed_in_time() throws Exception {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        LeaseKeeper keeper = keep(network.database(), "n1")) {
      network.setMute(true);
      ticker.pass(Duration.ofSeconds(1));
      Thread.sleep(300); // the renewal is under way
      ticker.pass(LeaseKeeper.LEASE);
      try {
        Until.isTrue("its runs are told", () -> toldOver.get() == 1);
      } finally {
        network.setMute(false);
      }
    }
  }

  @Test
  void a_lease_that_ran_out_and_was_taken_is_lost() throws Exception {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        LeaseKeeper keeper = keep(network.database(), "n1")) {
      network.setAway(true);
      ticker.pass(LeaseKeeper.LEASE);
      Until.isTrue("its runs are told", () -> toldOver.get() == 1);
      Postgres.run(database, "UPDATE node_lease SET dead = true WHERE node = 'n1'");
      network.setAway(false);
      ticker.pass(Duration.ofSeconds(1));
      Until.isTrue("a new start", () -> keeper.isHeld() && keeper.node().incarnation() == 2);
      assertThat(toldOver).as("told once").hasValue(1);
    }
  }

  @Test
  void a_name_that_lives_elsewhere_is_refused_and_the_living_one_is_not_disturbed()
      throws Exception {
    try (LeaseKeeper first = keep(database, "n1")) {
      CompletableFuture<LeaseKeeper> second =
          CompletableFuture.supplyAsync(() -> keep(database, "n1", data.resolve("other")));
      while (!second.isDone()) {
        passOneRenewal();
      }
      assertThatThrownBy(second::join)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("node n1 runs already on " + Host.here())
          .hasMessageContaining("set tasklane.node to another name");
      assertThat(first.isHeld()).isTrue();
      assertThat(first.node()).isEqualTo(new Node("n1", 1));
      assertThat(toldOver).hasValue(0);
    }
  }

  @Test
  void a_name_whose_holder_is_silent_for_a_whole_lease_is_free() throws Exception {
    row("n1");
    CompletableFuture<LeaseKeeper> start =
        CompletableFuture.supplyAsync(() -> keep(database, "n1", data));
    for (int second = 0; !start.isDone(); second++) {
      assertThat(second).as("seconds of the test's clock").isLessThan(1000);
      ticker.pass(Duration.ofSeconds(1));
      Thread.sleep(50);
    }
    try (LeaseKeeper keeper = start.join()) {
      assertThat(keeper.node()).isEqualTo(new Node("n1", 2));
    }
  }

  @Test
  void a_node_whose_name_another_process_has_taken_runs_nothing_until_that_one_is_gone()
      throws Exception {
    try (LeaseKeeper keeper = keep(database, "n1")) {
      Postgres.run(database, "UPDATE node_lease SET incarnation = 7 WHERE node = 'n1'");
      ticker.pass(Duration.ofSeconds(1));
      Until.isTrue("its runs are told", () -> toldOver.get() == 1);
      ticker.pass(Duration.ofSeconds(1));
      assertThat(keeper.isHeld()).isFalse();
      Postgres.run(database, "UPDATE node_lease SET dead = true WHERE node = 'n1'");
      ticker.pass(Duration.ofSeconds(1));
      Until.isTrue("a new start", () -> keeper.isHeld() && keeper.node().incarnation() == 8);
    }
  }

  @Test
  void a_silent_node_is_taken_over_only_as_it_was_seen() throws Exception {
    row("silent");
    try (Connection connection = database.open()) {
      NodeLeaseRow rows = new NodeLeaseRow(connection);
      NodeLeaseRow.Seen seen = rows.living("silent").orElseThrow();
      assertThat(rows.renew(new Node("silent", 1), false)).isTrue();
      assertThat(rows.declareUnrenewedDead(seen)).as("it has renewed since").isFalse();
      assertThat(rows.declareUnrenewedDead(rows.living("silent").orElseThrow())).isTrue();
    }
  }

  @Test
  void an_observer_whose_connection_was_away_counts_a_whole_lease_anew() throws Exception {
    row("silent");
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        LeaseKeeper keeper = keep(network.database(), "n1")) {
      for (int second = 0; second < 5; second++) {
        passOneRenewal();
      }
      network.setAway(true);
      ticker.pass(Duration.ofSeconds(1)); // this renewal fails
      Thread.sleep(500);
      network.setAway(false);
      for (int second = 0; second < 5; second++) {
        passOneRenewal();
        assertThat(dead("silent")).isZero();
      }
      for (int second = 0; second < 4; second++) {
        passOneRenewal(); // its first look may have come after the second renewal only
      }
      Until.isTrue("it is buried", () -> dead("silent") == 1);
      assertThat(keeper.isHeld()).isTrue();
    }
  }

  @Test
  void a_lease_counts_from_when_its_renewal_was_sent_not_from_the_answer() throws Exception {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        LeaseKeeper keeper = keep(network.database(), "n1")) {
      assertThat(keeper.isHeld()).isTrue();
      network.setMute(true);
      ticker.pass(Duration.ofSeconds(1));
      Thread.sleep(500); // the renewal is on its way
      ticker.pass(LeaseKeeper.LEASE);
      network.setMute(false); // the answer says yes, too late
      Until.isTrue("its runs are told", () -> toldOver.get() == 1);
    }
  }

  private LeaseKeeper keep(Database where, String name) {
    return keep(where, name, data);
  }

  private LeaseKeeper keep(Database where, String name, Path folder) {
    return new LeaseKeeper(where, name, folder, ticker, Thread::new, toldOver::incrementAndGet);
  }

  private void passOneRenewal() {
    long before = renewals();
    ticker.pass(Duration.ofSeconds(1));
    Until.isTrue("a renewal", () -> renewals() > before);
  }

  private long renewals() {
    return Postgres.number(database, "SELECT renewal_no FROM node_lease WHERE node = 'n1'");
  }

  private long waitingForALock() {
    return Postgres.number(
        database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  }

  private long dead(String node) {
    return Postgres.number(
        database, "SELECT count(*) FROM node_lease WHERE dead AND node = '" + node + "'");
  }

  private void row(String node) {
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('" + node + "', 1, 1, false, 'h', 'f', now(), now())");
  }
}
