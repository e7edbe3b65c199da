package io.tasklane.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventPartitions;
import io.tasklane.event.EventReader;
import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.event.ResumeToken;
import io.tasklane.fault.Faults;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was kept long enough goes, and nothing else. */
class CleanUpTest {
  private final Database database = Postgres.empty();
  private final OldTasks tasks = new OldTasks(database);

  @Test
  void results_whose_time_is_over_are_removed_and_their_tasks_stay() {
    tasks.ended("done", 1_200, TaskState.SUCCEEDED, 3);
    tasks.ended("young", 5, TaskState.SUCCEEDED, 0);
    Postgres.run(
        database,
        "UPDATE task SET result_expire_time = now() + interval '1 h' WHERE name = 'done-7'");
    assertThat(run().of(Removed.RESULTS)).isEqualTo(1_199);
    assertThat(tasks.left("done")).isEqualTo(1_200);
    assertThat(tasks.results("done")).as("the one that is kept longer").isEqualTo(1);
    assertThat(tasks.results("young")).isEqualTo(5);
    assertThat(tasks.number("SELECT count(result_expire_time) FROM task")).isEqualTo(1_205);
  }

  @Test
  void a_result_that_was_too_young_goes_the_next_time() {
    tasks.ended("late", 3, TaskState.SUCCEEDED, 2);
    tasks.unfinished("slow", 2, TaskState.RUNNING, 2);
    Postgres.run(database, "UPDATE task SET result_expire_time = now() + interval '1 h'");
    assertThat(run().of(Removed.RESULTS)).isZero();
    Postgres.run(
        database,
        "UPDATE task SET result_expire_time = now(), result = '{}', result_type = 'x/y', state = "
            + TaskState.SUCCEEDED.code()
            + ", end_time = now()");
    assertThat(run().of(Removed.RESULTS)).isEqualTo(5);
    assertThat(tasks.number("SELECT count(*) FROM result_later")).isZero();
  }

  @Test
  void what_ended_without_a_result_is_looked_at_once() {
    tasks.ended("failed", 2, TaskState.FAILED, 2);
    tasks.ended("cancelled", 2, TaskState.CANCELLED, 2);
    tasks.ended("skipped", 2, TaskState.SKIPPED, 2);
    tasks.unfinished("waiting", 1, TaskState.QUEUED, 2);
    run();
    assertThat(tasks.number("SELECT count(*) FROM result_later")).as("the one that waits").isOne();
  }

  @Test
  void a_partial_result_of_a_failed_task_goes_when_its_time_is_over() {
    tasks.ended("failed", 1, TaskState.FAILED, 2);
    Postgres.run(
        database, "UPDATE task SET result_expire_time = now(), result = '{}', result_type = 'x/y'");
    assertThat(run().of(Removed.RESULTS)).isEqualTo(1);
  }

  @Test
  void rollups_go_after_a_week() {
    Postgres.run(
        database,
        "INSERT INTO rollup SELECT 1, 't' || i, now() - i * interval '1 day', 1, 0, 0, '{}', '{}',"
            + " '{}' FROM generate_series(0, 9) i");
    assertThat(run().of(Removed.ROLLUPS)).isEqualTo(3);
    assertThat(tasks.number("SELECT count(*) FROM rollup")).isEqualTo(7);
    assertThat(tasks.number("SELECT rollups FROM cleanup_run ORDER BY number DESC LIMIT 1"))
        .isEqualTo(3);
  }

  @Test
  void facts_go_when_they_have_been_absent_for_an_hour() {
    Postgres.run(
        database,
        "INSERT INTO fact SELECT 'f' || i, '1', now() - i * interval '30 min', now(), 'x', '', 1"
            + " FROM generate_series(-1, 4) AS i; INSERT INTO fact VALUES"
            + " ('deleted', NULL, now() - interval '2 h', now(), 'x', '', 1),"
            + " ('for_ever', '1', NULL, now() - interval '9 days', 'x', '', 1)");
    assertThat(run().of(Removed.FACTS)).isEqualTo(4);
    assertThat(tasks.number("SELECT count(*) FROM fact")).isEqualTo(4);
    assertThat(tasks.number("SELECT facts FROM cleanup_run ORDER BY number DESC LIMIT 1"))
        .as("counted")
        .isEqualTo(4);
  }

  @Test
  void tasks_go_with_all_that_is_kept_for_them_when_they_ended_long_enough_ago() {
    tasks.ended("old", 1_100, TaskState.SUCCEEDED, 8);
    tasks.ended("cancelled", 3, TaskState.CANCELLED, 9);
    tasks.ended("fresh", 4, TaskState.SUCCEEDED, 6);
    tasks.unfinished("waiting", 5, TaskState.QUEUED, 20);
    tasks.unfinished("running", 6, TaskState.RUNNING, 20);
    Postgres.run(
        database, "UPDATE task SET expire_time = now() + interval '1 h' WHERE name LIKE 'old-%'");
    Postgres.run(
        database,
        "INSERT INTO task_deadline SELECT expire_time, id FROM task WHERE expire_time IS NOT NULL");
    assertThat(run().of(Removed.TASKS)).isEqualTo(1_103);
    assertThat(tasks.number("SELECT count(*) FROM task_deadline")).isZero();
    assertThat(tasks.left("old") + tasks.left("cancelled")).isZero();
    assertThat(tasks.left("fresh")).isEqualTo(4);
    assertThat(tasks.left("waiting") + tasks.left("running")).isEqualTo(11);
    assertThat(tasks.number("SELECT count(*) FROM task_attempt")).isEqualTo(4);
    assertThat(tasks.number("SELECT count(*) FROM task_end")).isEqualTo(4);
    assertThat(tasks.number("SELECT count(*) FROM task_label")).isEqualTo(8);
    assertThat(
            tasks.number(
                "SELECT count(*) FROM result_later r LEFT JOIN task k ON k.id = r.task"
                    + " WHERE k.id IS NULL"))
        .isZero();
  }

  @Test
  void a_task_with_a_dead_letter_is_kept_as_long_as_the_dead_letter() {
    tasks.ended("failed", 3, TaskState.FAILED, 29);
    tasks.ended("forgotten", 2, TaskState.FAILED, 31);
    RemovalCounts counts = run();
    assertThat(counts.of(Removed.TASKS)).isEqualTo(2);
    assertThat(counts.of(Removed.DEAD_LETTERS)).isEqualTo(2);
    assertThat(tasks.left("failed")).isEqualTo(3);
    assertThat(tasks.number("SELECT count(*) FROM dead_letter")).isEqualTo(3);
  }

  @Test
  void what_an_unfinished_task_needs_is_kept_until_that_has_ended() {
    tasks.ended("need", 1, TaskState.SUCCEEDED, 9);
    tasks.unfinished("waits", 1, TaskState.BLOCKED, 9);
    Postgres.run(
        database,
        """
        UPDATE task SET needed = true WHERE name = 'need-1';
        INSERT INTO task_need (need, task, policy) SELECT n.id, w.id, 1 FROM task n, task w
        WHERE n.name = 'need-1' AND w.name = 'waits-1'""");
    run();
    assertThat(tasks.results("need")).isOne();
    Postgres.run(
        database,
        "UPDATE task SET end_time = now() WHERE name = 'waits-1'; UPDATE task SET state = "
            + TaskState.SUCCEEDED.code());
    assertThat(run().of(Removed.RESULTS)).isOne();
    assertThat(tasks.left("need")).isZero();
    assertThat(tasks.left("waits")).isOne();
    assertThat(tasks.number("SELECT count(*) FROM task_need")).isZero();
  }

  @Test
  void the_log_tells_which_tasks_were_removed() {
    tasks.ended("old", 3, TaskState.SUCCEEDED, 8);
    tasks.ended("gone", 2, TaskState.CANCELLED, 8);
    tasks.ended("forgotten", 4, TaskState.FAILED, 31);
    Postgres.run(
        database,
        "DELETE FROM dead_letter USING task WHERE task.id = dead_letter.task"
            + " AND task.name = 'forgotten-1'");
    run();
    List<LogEvent> told =
        database.with(
            c ->
                new EventReader(c, AllEvents.rows(key -> "Q"))
                    .after(new ResumeToken("x", 0, 0), 100));
    assertThat(told)
        .filteredOn(event -> event.type().equals(LogEvent.TASKS_REMOVED))
        .extracting(event -> event.removal().orElseThrow())
        .containsExactlyInAnyOrder(
            new Removal(TaskState.SUCCEEDED, 3, 0),
            new Removal(TaskState.CANCELLED, 2, 0),
            new Removal(TaskState.FAILED, 4, 3));
    assertThat(told)
        .filteredOn(event -> event.removal().isPresent())
        .allSatisfy(
            event -> {
              assertThat(event.subject()).isEqualTo("queues/Q");
              assertThat(event.queue()).isEqualTo("Q");
              assertThat(event.actor()).isEqualTo("system:clean-up");
              assertThat(event.data())
                  .matches("\\{\"state\":\"[A-Z]+\",\"count\":[234],\"dead_letters\":[03]}");
            });
  }

  @Test
  void answers_to_requests_hold_for_a_day() {
    Postgres.run(
        database,
        """
        INSERT INTO request_log (key, body_hash, response, create_time)
        SELECT gen_random_uuid(), '', sha512(i::text::bytea), now() - i * interval '1 minute'
        FROM generate_series(0, 3999) i""");
    assertThat(run().of(Removed.REQUESTS)).isEqualTo(4_000 - 24 * 60);
    assertThat(tasks.number("SELECT count(*) FROM request_log")).isEqualTo(24 * 60);
  }

  @Test
  void days_of_the_log_go_and_then_the_ids_that_were_published_on_them() {
    database.with(
        connection -> {
          EventPartitions.keepAhead(connection);
          return null;
        });
    Postgres.run(
        database,
        """
        CREATE TABLE task_event_2020_01_01 PARTITION OF task_event
          FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00');
        INSERT INTO task_event (xid, seq, time, kind, subject)
        SELECT 1, i, at, 4, 's' FROM (VALUES (1, timestamptz '2020-01-01 12:00:00+00'),
          (2, timestamptz '2020-01-05 12:00:00+00')) AS v (i, at);
        INSERT INTO published_event VALUES ('p', 'old', 1, '2020-01-01 12:00:00+00'),
          ('p', 'young', 2, now())""");
    RemovalCounts counts = run();
    assertThat(counts.of(Removed.EVENT_PARTITIONS)).isEqualTo(1);
    assertThat(counts.of(Removed.STRAY_EVENTS)).isEqualTo(1);
    assertThat(counts.of(Removed.EVENT_IDS)).isEqualTo(1);
    assertThat(tasks.number("SELECT count(*) FROM published_event WHERE event_id = 'young'"))
        .isOne();
  }

  @Test
  void a_day_stays_as_long_as_a_durable_cursor_has_not_passed_it() {
    Postgres.run(
        database,
        """
        CREATE TABLE task_event_2020_01_01 PARTITION OF task_event
          FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00');
        INSERT INTO task_event (xid, seq, time, kind, subject)
        SELECT 1, i, at, 4, 's' FROM (VALUES (1, timestamptz '2020-01-01 12:00:00+00'),
          (2, timestamptz '2020-01-01 13:00:00+00')) AS v (i, at);
        UPDATE event_topic SET node = 'n1', xid = 1, seq = 1;
        UPDATE workflow_cursor SET xid = 1, seq = 0""");
    assertThat(run().of(Removed.EVENT_PARTITIONS)).as("the topic has not sent it").isZero();
    Postgres.run(
        database,
        "UPDATE event_topic SET seq = 2; INSERT INTO workflow_wait VALUES (1, 'w', '{}', 1, 'a.b', 1)");
    assertThat(run().of(Removed.EVENT_PARTITIONS)).as("nor has a wait seen it").isZero();
    Postgres.run(database, "DELETE FROM workflow_wait");
    assertThat(run().of(Removed.EVENT_PARTITIONS)).as("nobody waits").isOne();
  }

  @Test
  void an_id_is_kept_while_the_day_of_its_event_is() {
    Postgres.run(
        database,
        """
        CREATE TABLE task_event_2020_01_01 PARTITION OF task_event
          FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00');
        INSERT INTO task_event (xid, seq, time, kind, subject)
        VALUES (1, 1, '2020-01-01 12:00:00+00', 4, 's');
        INSERT INTO published_event VALUES ('p', 'old', 1, '2020-01-01 12:00:00+00')""");
    try (var reading = database.open();
        var statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM task_event");
      RemovalCounts counts = run();
      assertThat(counts.of(Removed.EVENT_PARTITIONS)).as("the log is in use").isZero();
      assertThat(counts.of(Removed.EVENT_IDS)).isZero();
    } catch (java.sql.SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private RemovalCounts run() {
    Postgres.run(database, "UPDATE cleanup_run SET start_time = start_time - interval '1 day'");
    RetentionConfig config =
        new RetentionConfig(
            Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(90), 3);
    return new CleanUp(database, "n1", config, Faults.here()).runIfDue().orElseThrow();
  }
}
