package io.tasklane.task;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.claim.ClaimManyStatement;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.complete.CompleteStatement;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.SucceedAndClaimManyStatement;
import io.tasklane.task.complete.SucceedAndClaimStatement;
import io.tasklane.task.create.PipelinedCreation;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.list.ManyTasks;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.recover.SuspectRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written for every task is found by its key, however many others there are: no statement
 * of the writer reads a table, or one of its indexes, from end to end. Plans are made anew whenever
 * statistics change, and so also while nothing waits.
 */
class WriterPlansTest {
  private static final Pattern TABLE_SCAN =
      Pattern.compile(
          "(Seq Scan|(Index|Index Only) Scan using \\S+) on ((?:task|request)\\w*) ?(\\S*)");
  private static final ClaimSql PIECES =
      new ClaimSql(
          new ClaimConditions(
              List.of(
                  new ResourceUnits((queue, task, priority) -> {}),
                  new SuspectRules((queue, task, priority) -> {}).condition())));
  private static final Map<String, String> STATEMENTS =
      Map.ofEntries(
          entry("creation", PipelinedCreation.PLAIN),
          entry("creation with a request_id", PipelinedCreation.IDEMPOTENT),
          entry("claim", new ClaimStatement(PIECES).text()),
          entry("claim of many", new ClaimManyStatement(PIECES).text()),
          entry("success and claim", SucceedAndClaimStatement.text(PIECES)),
          entry("success and claim of many", SucceedAndClaimManyStatement.text(PIECES)),
          entry("completion", CompleteStatement.TEXT),
          entry("progress", ReportProgress.TEXT),
          entry("dependents", ResolveDependents.TEXT),
          entry("release of what is due", ReleaseDue.SQL),
          entry("lost leases", LoseLeases.SQL));
  private static final Map<String, List<String>> IDLE = new HashMap<>();
  private static final Map<String, List<String>> FULL = new HashMap<>();

  /** The tests share one database. */
  @BeforeAll
  static void fill() throws SQLException {
    Database database = Postgres.empty();
    ManyTasks.fill(database, 2_000);
    Postgres.run(database, "DELETE FROM task_ready; DELETE FROM task_lease; DELETE FROM task_due");
    Postgres.run(database, "VACUUM ANALYZE");
    plan(database, IDLE);
    database = Postgres.empty();
    ManyTasks.fill(database, 100_000);
    plan(database, FULL);
  }

  private static void plan(Database database, Map<String, List<String>> plans) throws SQLException {
    for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
      plans.put(statement.getKey(), plan(database, statement.getValue()));
    }
  }

  static Stream<String> statements() {
    return STATEMENTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void rows_are_looked_up_by_their_keys_in_a_long_table(String statement) {
    assertKeyed(FULL.get(statement));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void so_they_are_where_the_plan_was_made_while_nothing_waited(String statement) {
    assertKeyed(IDLE.get(statement));
  }

  private static void assertKeyed(List<String> plan) {
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      Matcher scan = TABLE_SCAN.matcher(plan.get(i));
      if (scan.find() && !plan.get(i + 1).contains("Index Cond: ")) {
        whole.add(scan.group());
      }
    }
    assertThat(whole).as(() -> String.join("\n", plan)).isEmpty();
  }

  /** The plan of a statement on a connection as the writer has it, line by line. */
  private static List<String> plan(Database database, String sql) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = database.open();
        Statement statement = connection.createStatement()) {
      IndexPlans.keep(connection);
      statement.execute("PREPARE it AS " + numbered(sql));
      String nulls = question(sql).replaceAll("[^?]", "").replace("?", ", NULL").substring(2);
      String explain = "EXPLAIN (COSTS OFF) EXECUTE it (" + nulls + ")";
      try (ResultSet lines = statement.executeQuery(explain)) {
        while (lines.next()) {
          plan.add(lines.getString(1));
        }
      }
    }
    return plan;
  }

  /** Parameters as PostgreSQL itself writes them. */
  private static String numbered(String sql) {
    int[] number = {0};
    return Pattern.compile("\\?").matcher(question(sql)).replaceAll(found -> "\\$" + ++number[0]);
  }

  /** Some statements have named parameters. */
  private static String question(String sql) {
    return NamedSql.of(sql).text();
  }
}
