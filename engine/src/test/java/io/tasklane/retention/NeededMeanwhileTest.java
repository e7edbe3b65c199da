package io.tasklane.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clean-up and the creation of a dependent meet at the task that is old and needed. */
class NeededMeanwhileTest {
  private static final String CREATION =
      """
      SELECT FROM task WHERE name = 'need-1' FOR UPDATE;
      INSERT INTO task_need (need, task, policy) SELECT n.id, w.id, 1 FROM task n, task w
        WHERE n.name = 'need-1' AND w.name = 'waits-1';
      UPDATE task SET needed = true WHERE name = 'need-1' AND NOT needed""";
  private static final RetentionConfig CONFIG =
      new RetentionConfig(
          Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(90), 3);
  private final Database database = Postgres.empty();
  private final OldTasks tasks = new OldTasks(database);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_result_stays_for_a_dependent_that_is_just_being_created(boolean neededBefore)
      throws Exception {
    tasks.ended("need", 1, TaskState.SUCCEEDED, 6);
    tasks.unfinished("waits", 1, TaskState.BLOCKED, 0);
    Postgres.run(database, "UPDATE task SET needed = " + neededBefore + " WHERE name = 'need-1'");
    CompletableFuture<RemovalCounts> cleanUp;
    try (Connection creation = database.open()) {
      creation.setAutoCommit(false);
      execute(creation, CREATION);
      cleanUp = CompletableFuture.supplyAsync(() -> sweep(0));
      Until.isTrue("the clean-up waits for the creation", this::somebodyWaits);
      creation.commit();
    }
    assertThat(cleanUp.get(60, TimeUnit.SECONDS).of(Removed.RESULTS)).isZero();
    assertThat(tasks.results("need")).isOne();
  }

  @Test
  void a_task_whose_dependent_is_just_being_created_is_left_alone() throws Exception {
    tasks.ended("need", 1, TaskState.SUCCEEDED, 9);
    tasks.unfinished("waits", 1, TaskState.BLOCKED, 0);
    try (Connection creation = database.open()) {
      creation.setAutoCommit(false);
      execute(creation, CREATION);
      assertThat(sweep(1).of(Removed.TASKS)).isZero();
      creation.commit();
    }
    assertThat(sweep(1).of(Removed.TASKS)).isZero();
    assertThat(tasks.left("need")).isOne();
  }

  private boolean somebodyWaits() {
    return tasks.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0;
  }

  private RemovalCounts sweep(int index) {
    RemovalCounts counts = new RemovalCounts();
    try (CleanUpSession session = CleanUpSession.open(database).orElseThrow()) {
      Sweep sweep = CleanUpSession.sweeps(CONFIG).get(index);
      while (session.next(sweep, counts)) {
        Thread.onSpinWait();
      }
    }
    return counts;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
