package io.tasklane.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.fault.Faults;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Once a day one node cleans up, and no fault or death of a node keeps another from it. */
class CleanUpTurnTest {
  private final Database database = Postgres.empty();
  private final OldTasks tasks = new OldTasks(database);

  @Test
  void a_clean_up_is_due_once_a_day_after_its_hour() {
    int hour = OffsetDateTime.ofInstant(now(), ZoneOffset.UTC).getHour();
    assertThat(node("n1", hour).runIfDue()).as("none was ever").isPresent();
    assertThat(node("n2", hour).runIfDue()).as("one has just been").isEmpty();
    ago("25 hours");
    assertThat(node("n2", hour).runIfDue()).isPresent();
    ago("23 hours");
    assertThat(node("n2", (hour + 3) % 24).runIfDue())
        .as("that hour struck 21 to 22 hours ago, just behind it")
        .isPresent();
    ago("20 hours");
    assertThat(node("n2", (hour + 3) % 24).runIfDue()).as("and not again since").isEmpty();
  }

  @Test
  void of_many_nodes_that_look_at_once_one_cleans_up() {
    tasks.ended("old", 3_000, TaskState.SUCCEEDED, 8);
    List<CompletableFuture<Optional<RemovalCounts>>> looks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      CleanUp node = node("n" + i, 0);
      looks.add(CompletableFuture.supplyAsync(node::runIfDue));
    }
    List<RemovalCounts> done =
        looks.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    assertThat(done).hasSize(1);
    assertThat(done.get(0).of(Removed.TASKS)).isEqualTo(3_000);
    assertThat(tasks.number("SELECT count(*) FROM cleanup_run")).isOne();
  }

  @Test
  void while_one_node_is_at_it_another_does_nothing_and_takes_over_when_it_dies() {
    tasks.ended("old", 10, TaskState.SUCCEEDED, 8);
    CleanUpSession dying = CleanUpSession.open(database).orElseThrow();
    dying.begin("n1");
    assertThat(node("n2", 0).runIfDue()).as("the first one lives").isEmpty();
    Postgres.run(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            + " AND pid <> pg_backend_pid()");
    Until.isTrue("the next node cleans up", () -> node("n2", 0).runIfDue().isPresent());
    assertThat(tasks.left("old")).isZero();
  }

  @Test
  void what_was_removed_can_be_read_later() {
    tasks.ended("old", 7, TaskState.SUCCEEDED, 8);
    tasks.ended("new", 4, TaskState.SUCCEEDED, 3);
    node("n1", 0).runIfDue();
    assertThat(
            tasks.number(
                "SELECT count(*) FROM cleanup_run WHERE node = 'n1' AND tasks = 7 AND results = 11"
                    + " AND end_time >= start_time AND fault IS NULL"))
        .isOne();
  }

  @Test
  void a_fault_is_noted_and_the_next_look_goes_on() {
    tasks.ended("old", 5, TaskState.SUCCEEDED, 8);
    Postgres.run(database, "ALTER TABLE request_log RENAME TO hidden");
    assertThat(node("n1", 0).runIfDue().orElseThrow().of(Removed.TASKS)).isEqualTo(5);
    assertThat(
            tasks.number(
                "SELECT count(*) FROM cleanup_run WHERE tasks = 5 AND end_time IS NULL"
                    + " AND fault LIKE '%request_log%'"))
        .isOne();
    Postgres.run(database, "ALTER TABLE hidden RENAME TO request_log");
    assertThat(node("n2", 0).runIfDue()).as("due still").isPresent();
    assertThat(tasks.number("SELECT count(*) FROM cleanup_run WHERE end_time IS NOT NULL")).isOne();
  }

  @Test
  void a_sweep_that_throws_keeps_none_of_the_others_from_its_turn_and_the_clean_up_stays_due() {
    tasks.ended("old", 5, TaskState.SUCCEEDED, 8);
    OngoingFaults faults = Faults.here();
    Sweep broken =
        (connection, counts) -> {
          throw new StackOverflowError("injected");
        };
    CleanUp failing =
        new CleanUp(
            database,
            "n1",
            config(0),
            faults,
            config ->
                Stream.concat(Stream.of(broken), CleanUpSession.sweeps(config).stream()).toList());
    assertThat(failing.runIfDue().orElseThrow().of(Removed.TASKS)).isEqualTo(5);
    assertThat(faults.all()).singleElement().asString().contains("StackOverflowError: injected");
    assertThat(
            tasks.number(
                "SELECT count(*) FROM cleanup_run WHERE tasks = 5 AND end_time IS NULL"
                    + " AND fault LIKE 'StackOverflowError%'"))
        .isOne();
    assertThat(new CleanUp(database, "n2", config(0), faults).runIfDue()).isPresent();
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void a_node_that_stops_leaves_the_rest_to_the_next() {
    tasks.ended("old", 5, TaskState.SUCCEEDED, 8);
    CleanUp stopping = node("n1", 0);
    stopping.close();
    assertThat(stopping.runIfDue().orElseThrow().of(Removed.TASKS)).isZero();
    assertThat(node("n2", 0).runIfDue().orElseThrow().of(Removed.TASKS)).isEqualTo(5);
  }

  private CleanUp node(String name, int hour) {
    return new CleanUp(database, name, config(hour), Faults.here());
  }

  private static RetentionConfig config(int hour) {
    return new RetentionConfig(
        Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(90), hour);
  }

  private void ago(String interval) {
    Postgres.run(
        database, "UPDATE cleanup_run SET start_time = now() - interval '" + interval + "'");
  }

  private Instant now() {
    return Instant.ofEpochSecond(
        tasks.number("SELECT extract(epoch FROM clock_timestamp())::bigint"));
  }
}
