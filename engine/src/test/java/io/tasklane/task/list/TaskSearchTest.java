package io.tasklane.task.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ListPosition;
import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.list.TaskSearch.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of a list hold just the tasks that match, each once, in order, however a page was
 * looked for. {@code -Dsearch.seed=...} tries filters of your own seed.
 */
class TaskSearchTest {
  private static final int TASKS = 600;
  private static Database database;
  private static List<Task> everything;

  @BeforeAll
  static void fill() {
    database = Postgres.empty();
    VariedTasks.fill(database, TASKS);
    everything = pages("", TaskOrder.NEWEST_FIRST, 500, Reach.STANDARD);
    assertThat(everything).hasSize(TASKS);
  }

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
    Optional.ofNullable(Long.getLong("search.seed")).ifPresent(seeds::add);
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_pages_of_any_filter_hold_what_matches_each_once_and_in_order(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String filter = VariedTasks.filter(random, TASKS);
      TaskOrder order = TaskOrder.values()[random.nextInt(3)];
      Reach reach = new Reach(random.nextInt(200), 1 + random.nextInt(120));
      int limit = 1 + random.nextInt(40);
      assertThat(pages(filter, order, limit, reach))
          .extracting(Task::id)
          .as("seed %s: %s, %s, %s at a time, %s", seed, filter, order, limit, reach)
          .containsExactlyElementsOf(expected(filter, order));
    }
  }

  /** All pages, one after another. */
  private static List<Task> pages(String filter, TaskOrder order, int limit, Reach reach) {
    List<Task> all = new ArrayList<>();
    Optional<ListPosition> after = Optional.empty();
    try (Connection connection = database.read()) {
      do {
        TaskQuery query = new TaskQuery(TaskFilter.parse(filter), order, after, limit);
        TaskPage page = new TaskSearch(connection, query, reach, sql -> {}).page();
        all.addAll(page.tasks());
        after = page.next();
      } while (after.isPresent());
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return all;
  }

  private static List<TaskKey> expected(String text, TaskOrder order) {
    TaskFilter filter = TaskFilter.parse(text);
    return everything.stream()
        .filter(filter::matches)
        .filter(task -> order != TaskOrder.LAST_ENDED_FIRST || task.endTime().isPresent())
        .sorted(sorted(order, !filter.createTime().isUnbounded()))
        .map(Task::id)
        .toList();
  }

  private static Comparator<Task> sorted(TaskOrder order, boolean byTime) {
    Comparator<Task> byId = Comparator.comparing(Task::id);
    Comparator<Task> byCreation =
        byTime ? Comparator.comparing(Task::createTime).thenComparing(byId) : byId;
    return switch (order) {
      case NEWEST_FIRST -> byCreation.reversed();
      case OLDEST_FIRST -> byCreation;
      case LAST_ENDED_FIRST ->
          Comparator.<Task, Instant>comparing(task -> task.endTime().orElseThrow())
              .thenComparing(byId)
              .reversed();
    };
  }
}
