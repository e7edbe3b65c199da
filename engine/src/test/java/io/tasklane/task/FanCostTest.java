package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What it costs to tell the dependents of a task grows with their number, and not with its square:
 * PostgreSQL itself counts how many rows each part of the statement looks at.
 */
class FanCostTest {
  private static final int DEPENDENTS = 500;

  /** More than any part that looks at each of them a few times, and less than each with each. */
  private static final long MOST_ROWS = 20L * DEPENDENTS;

  private static final Pattern ROWS = Pattern.compile("rows=([0-9.]+) loops=(\\d+)");
  private static final Pattern REMOVED = Pattern.compile("Rows Removed by [A-Za-z ]+: (\\d+)");

  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void telling_many_looks_at_each_of_them_a_few_times() throws SQLException {
    Task need = store.create(store.named("need", 5));
    StartConditions after = StartConditions.after(List.of(Dependency.on("need")));
    List<NewTask> dependents =
        IntStream.range(0, DEPENDENTS).mapToObj(i -> store.task(5).withStart(after)).toList();
    StoreBench.get(store.committer.submit(store.creation, dependents));
    List<String> plan = explained(need);
    assertThat(plan).filteredOn(line -> line.contains("Update on task k")).isNotEmpty();
    long loops = 0;
    for (String line : plan) {
      Matcher rows = ROWS.matcher(line);
      if (rows.find()) {
        loops = Long.parseLong(rows.group(2));
        isLittle(Double.parseDouble(rows.group(1)) * loops, line, plan);
      }
      Matcher removed = REMOVED.matcher(line);
      if (removed.find()) {
        isLittle(Double.parseDouble(removed.group(1)) * loops, line, plan);
      }
    }
  }

  private static void isLittle(double rows, String line, List<String> plan) {
    assertThat(rows)
        .as(() -> "rows of " + line.strip() + " in\n" + String.join("\n", plan))
        .isLessThan(MOST_ROWS);
  }

  /** The plan as it ran for a task that ends in the same transaction, which is rolled back. */
  private List<String> explained(Task need) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = store.database.open(Duration.ofSeconds(5));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      int ended = TaskState.SUCCEEDED.code();
      statement.execute(
          "UPDATE task SET move_xid = pg_current_xact_id()::text::bigint, state = "
              + ended
              + " WHERE id = "
              + need.id());
      String sql =
          ResolveDependents.TEXT
              .replace(":ended::", "'{" + need.id() + "}'::")
              .replace(":ended_states::", "'{" + ended + "}'::")
              .replace(":ended_words::", "'{it ended}'::")
              .replace(":fits_alone::", "false::");
      try (ResultSet line =
          statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql)) {
        while (line.next()) {
          plan.add(line.getString(1));
        }
      }
      connection.rollback();
    }
    return plan;
  }
}
