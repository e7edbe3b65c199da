package io.tasklane.task.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.database.Sql;
import io.tasklane.deadletter.DeadLetterPlans;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.QueueKey;
import io.tasklane.task.list.TaskSearch.Reach;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An index stands behind each documented filter of a list, and no list reads the table. */
class ListPlanTest {
  private static final int TASKS = 40_000;
  private static Database database;

  @BeforeAll
  static void fill() {
    database = Postgres.empty();
    ManyTasks.fill(database, TASKS);
    Postgres.run(
        database,
        "INSERT INTO dead_letter (task, queue, task_type, failure_code, fingerprint, create_time)"
            + " SELECT id, queue, task_type, 'CODE' || id % 50, lpad((id % 500)::text, 16, '0'), create_time"
            + " FROM task ON CONFLICT DO NOTHING");
    // as tables are just after many moves: what is visible to all is not known
    Postgres.run(database, "UPDATE task SET revision = revision; ANALYZE task, dead_letter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | NEWEST_FIRST | task_pkey",
        "`` | OLDEST_FIRST | task_pkey",
        "`` | LAST_ENDED_FIRST | task_end_time",
        "state = SUCCEEDED | NEWEST_FIRST | task_end_pkey",
        "state = FAILED | NEWEST_FIRST | task_end_pkey",
        "state = FAILED | LAST_ENDED_FIRST | task_end_time",
        "state = QUEUED | NEWEST_FIRST | task_ready_pkey",
        "state = QUEUED AND queue = RARE | NEWEST_FIRST | task_ready_pkey",
        "queue = LARGE | NEWEST_FIRST | task_kind",
        "queue = RARE | OLDEST_FIRST | task_kind",
        "task_type = news_monitoring | NEWEST_FIRST | task_kind",
        "task_type = nobody | NEWEST_FIRST | task_kind",
        "priority = 5 | NEWEST_FIRST | task_kind",
        "priority = 7 | NEWEST_FIRST | task_kind",
        "labels.desk = us | NEWEST_FIRST | task_label_pkey",
        "labels.none = no | NEWEST_FIRST | task_label_pkey",
        "failure.code = FEED_DOWN | NEWEST_FIRST | task_end_failure",
        "failure.code = FEED_DOWN | LAST_ENDED_FIRST | task_end_failure_time",
        "create_time > \"2026-01-01T02:00:00Z\" | NEWEST_FIRST | task_create_time",
        "create_time < \"2026-01-01T02:00:00Z\" | OLDEST_FIRST | task_create_time",
        "end_time > \"2026-01-01T02:00:00Z\" | LAST_ENDED_FIRST | task_end_time",
        "end_time > \"2027-01-01T02:00:00Z\" | NEWEST_FIRST | task_end_time",
        "task_type = rare_type AND labels.desk = us | NEWEST_FIRST | task_kind",
      })
  void every_filter_of_tasks_is_served_by_an_index(String filter, TaskOrder order, String index)
      throws SQLException {
    String plans = plans(filter, order);
    assertThat(plans).containsPattern("using " + index + " on");
    assertThat(plans).doesNotContainPattern("Seq Scan on task(_end|_label|_ready)? ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | dead_letter_create_time",
        "queue = RARE | dead_letter_queue",
        "queue = LARGE | dead_letter_queue",
        "task_type = news_monitoring | dead_letter_task_type",
        "queue = LARGE AND failure.code = CODE7 | dead_letter_failure",
        "failure.code = CODE7 | dead_letter_failure",
        "fingerprint = 0000000000000007 | dead_letter_fingerprint",
        "task_type = rare_type | dead_letter_task_type",
        "create_time < \"2026-01-01T02:00:00Z\" | dead_letter_create_time",
      })
  void every_filter_of_dead_letters_is_served_by_an_index(String filter, String index)
      throws SQLException {
    DeadLetterQuery query =
        new DeadLetterQuery(DeadLetterFilter.parse(filter), Optional.empty(), 50);
    Optional<QueueKey> queue =
        query
            .filter()
            .queue()
            .map(id -> "SELECT id FROM queue WHERE name = '" + id + "'")
            .map(sql -> new QueueKey((int) Postgres.number(database, sql)));
    try (Connection connection = database.read()) {
      String plan = ListFilters.plan(connection, DeadLetterPlans.select(query, queue));
      assertThat(plan).containsPattern("(using|on) " + index + "\\b");
      assertThat(plan).doesNotContain("Seq Scan on dead_letter", "Seq Scan on task ");
    }
  }

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void every_state_that_a_move_leads_to_is_found_in_a_table_of_its_own(TaskState state)
      throws SQLException {
    boolean reached = MoveTable.STANDARD.lines().stream().anyMatch(line -> line.to() == state);
    String plans = plans("state = " + state, TaskOrder.NEWEST_FIRST);
    assertThat(plans.contains("One-Time Filter: false")).isEqualTo(!reached && !state.isFinal());
  }

  @Test
  void a_move_of_a_task_changes_no_indexed_column() {
    String indexed =
        """
        SELECT count(*) FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = 'task'::regclass
          AND (pg_get_expr(i.indpred, i.indrelid) <> '(retry_of IS NOT NULL)' OR a.attname NOT IN
            ('id', 'name', 'create_time', 'queue', 'task_type', 'priority', 'retry_of'))""";
    assertThat(Postgres.number(database, indexed)).isZero();
  }

  private static String plans(String filter, TaskOrder order) throws SQLException {
    TaskQuery query = new TaskQuery(TaskFilter.parse(filter), order, Optional.empty(), 50);
    List<Sql> statements = new ArrayList<>();
    StringBuilder plans = new StringBuilder();
    try (Connection connection = database.read()) {
      new TaskSearch(connection, query, Reach.STANDARD, statements::add).page();
      for (Sql statement : statements) {
        plans.append(ListFilters.plan(connection, statement));
      }
    }
    return plans.toString();
  }
}
