package io.tasklane.task.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Database;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.Postgres;
import io.tasklane.database.Sql;
import io.tasklane.filter.TaskFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Lists among a million tasks, on demand: {@code -Dtasklane.million=true}. It prints how long each
 * filter takes and how it is answered; {@code -Dtasklane.million.plans=true} prints the plans too.
 */
@EnabledIfSystemProperty(named = "tasklane.million", matches = "true")
class MillionTasksTest {
  private static final int TASKS = Integer.getInteger("tasklane.million.tasks", 1_000_000);
  private static final int ROUNDS = 5;
  private static Database database;

  @BeforeAll
  static void fill() {
    database = Postgres.empty();
    ManyTasks.fill(database, TASKS);
    TaskQuery warm =
        new TaskQuery(TaskFilter.parse(""), TaskOrder.NEWEST_FIRST, Optional.empty(), 50);
    database.with(connection -> TaskSearch.list(connection, warm));
  }

  @Test
  void every_page_of_every_filter_is_found_without_reading_the_table() throws SQLException {
    System.out.printf("%8s %8s %6s  %s%n", "first ms", "best ms", "tasks", "filter");
    for (TaskOrder order : TaskOrder.values()) {
      for (String filter : ListFilters.ALL) {
        try (Connection connection = database.read()) {
          time(connection, order, filter);
        }
      }
    }
  }

  private static void time(Connection connection, TaskOrder order, String filter)
      throws SQLException {
    TaskQuery query = new TaskQuery(TaskFilter.parse(filter), order, Optional.empty(), 50);
    List<Duration> times = new ArrayList<>();
    List<Sql> statements = new ArrayList<>();
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      statements.clear();
      long begin = System.nanoTime();
      TaskPage page =
          IndexPlans.on(
              connection,
              c -> new TaskSearch(c, query, TaskSearch.Reach.STANDARD, statements::add).page());
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      found = page.tasks().size();
    }
    double best = times.stream().mapToLong(Duration::toNanos).min().orElseThrow() / 1e6;
    System.out.printf(
        "%8.1f %8.1f %6d  %s, %s%n", times.get(0).toNanos() / 1e6, best, found, filter, order);
    for (Sql statement : statements) {
      String plan = ListFilters.plan(connection, statement);
      assertThat(plan).doesNotContainPattern("Seq Scan on task(_end|_label|_ready)? ");
      if (Boolean.getBoolean("tasklane.million.plans")) {
        System.out.println(plan);
      }
    }
  }
}
