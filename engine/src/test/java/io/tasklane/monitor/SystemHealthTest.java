package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.event.EventReader;
import io.tasklane.event.ResumeToken;
import io.tasklane.fault.Faults;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemHealthTest {
  private final Database database = Postgres.empty();
  private final AtomicReference<ResumeToken> seen =
      new AtomicReference<>(database.with(EventReader::end));
  private final SystemHealth checkup =
      new SystemHealth(database, seen::get, () -> {}, Thread::new, Faults.here());

  @AfterEach
  void close() {
    checkup.close();
  }

  @Test
  void readers_are_not_behind_while_they_have_seen_all() {
    event("1 hour");
    seen.set(database.with(EventReader::end));
    awaitLook();
    // that look may have asked for the lag just before all was seen, and for the queues after
    Until.isTrue("no lag", () -> checkup.tailLag().isZero());
    assertThat(checkup.eventLog("").detail()).isEqualTo("read up to the present");
  }

  @Test
  void the_lag_is_the_age_of_the_first_event_that_readers_have_not_seen() {
    event("90 seconds");
    event("5 seconds");
    Until.isTrue("lag", () -> !checkup.tailLag().isZero());
    assertThat(checkup.tailLag()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
    assertThat(checkup.eventLog("").data()).containsEntry("held-back", "false");
    assertThat(checkup.eventLog("").healthy()).isTrue();
  }

  @Test
  void a_transaction_that_holds_the_log_back_is_told_as_the_reason() throws SQLException {
    try (Connection forgotten = database.open()) {
      forgotten.setAutoCommit(false);
      try (Statement statement = forgotten.createStatement()) {
        statement.execute("SELECT pg_current_xact_id()");
      }
      event("30 seconds");
      Until.isTrue("held", () -> checkup.eventLog("").data().get("held-back").equals("true"));
      assertThat(checkup.eventLog("").detail())
          .contains("pg_stat_activity")
          .containsPattern("[0-9]+ s behind");
      forgotten.rollback();
    }
    Until.isTrue("free", () -> checkup.eventLog("").data().get("held-back").equals("false"));
  }

  @Test
  void a_queue_has_an_owner_only_while_that_node_lives_in_that_start() {
    Postgres.run(
        database,
        "INSERT INTO node_lease SELECT n, 2, 1, n = 'gone', 'h', 'f', now(), now()"
            + " FROM unnest(ARRAY['living', 'gone']) AS n;"
            + "INSERT INTO queue (name, maximum_attempts, initial_backoff_ms, backoff_multiplier,"
            + " maximum_backoff_ms, jitter, attempt_timeout_ms, result_ttl_ms)"
            + " SELECT q, 1, 1, 1, 1, 0, 1, 1 FROM unnest(ARRAY['A', 'B', 'C', 'D']) AS q;"
            + "INSERT INTO queue_owner (queue, state, concurrency, node, incarnation) SELECT id, 1,"
            + " 1, CASE name WHEN 'A' THEN 'living' WHEN 'B' THEN 'gone' WHEN 'C' THEN 'living' END,"
            + " CASE name WHEN 'C' THEN 1 ELSE 2 END FROM queue");
    Until.isTrue("seen", () -> checkup.queues().data().size() == 4);
    assertThat(checkup.queues().data())
        .containsEntry("A", "living")
        .containsEntry("B", "none")
        .containsEntry("C", "none")
        .containsEntry("D", "none");
    assertThat(checkup.queues().detail()).isEqualTo("without an owner: B, C, D");
    Postgres.run(database, "UPDATE queue SET delete_time = now() WHERE name IN ('B', 'D')");
    Until.isTrue(
        "a deleted queue needs no owner",
        () -> checkup.queues().detail().equals("without an owner: C"));
    assertThat(checkup.queues().healthy()).isFalse();
  }

  /** Waits for a look that began after this call. */
  private void awaitLook() {
    Postgres.run(
        database,
        "INSERT INTO queue (name, maximum_attempts, initial_backoff_ms, backoff_multiplier,"
            + " maximum_backoff_ms, jitter, attempt_timeout_ms, result_ttl_ms)"
            + " VALUES ('LOOK', 1, 1, 1, 1, 0, 1, 1);"
            + "INSERT INTO queue_owner (queue, state, concurrency) SELECT id, 1, 1 FROM queue");
    Until.isTrue("a look", () -> checkup.queues().data().containsKey("LOOK"));
  }

  /** Commits an event that happened so long ago. */
  private void event(String age) {
    Postgres.run(
        database,
        "INSERT INTO task_event (xid, seq, time, queue, kind, version, subject, data)"
            + " SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'),"
            + " clock_timestamp() - interval '"
            + age
            + "', 1, 3, 1, 'x', '{}'");
  }
}
