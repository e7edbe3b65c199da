package io.tasklane.dependency;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.TaskKey;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.StartConditions;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ends of tasks do to those that need them is in SQL what core decides. */
class DependentsInSqlTest {
  private static final int ENDED = 40;
  private static final String RESULT =
      """
      SELECT concat_ws(' ', k.state, k.unmet, k.failure_code, k.failure_message,
          (SELECT 'blocked' FROM task_blocked b WHERE b.task = k.id),
          (SELECT 'ready' FROM task_ready r WHERE r.task = k.id),
          (SELECT 'due ' || (d.due = k.run_after) FROM task_due d WHERE d.task = k.id),
          (SELECT concat_ws(' ', 'move', e.move, e.data) FROM task_event e WHERE e.task = k.id))
      FROM task k WHERE k.id >= 1000 ORDER BY k.id""";

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<EndedTask> ended =
      IntStream.range(0, ENDED)
          .mapToObj(
              id ->
                  new EndedTask(
                      new TaskKey(id),
                      "t" + id,
                      random.oneOf(
                          TaskState.SUCCEEDED,
                          TaskState.SUCCEEDED,
                          TaskState.FAILED,
                          TaskState.CANCELLED,
                          TaskState.SKIPPED),
                      true,
                      Optional.empty(),
                      false,
                      0))
          .toList();
  private final List<Row> rows = random.rows(400, this::row);

  /** A dependent that also needs some tasks which have not ended. */
  private record Row(
      TaskState state, int otherNeeds, List<Dependency> needs, StartConditions start) {
    int unmet() {
      return needs.size() + otherNeeds;
    }
  }

  private record Need(int task, int need, DependencyPolicy policy) {}

  private Row row() {
    List<Dependency> needs =
        random.rows(random.below(4), () -> random.below(ENDED)).stream()
            .distinct()
            .map(id -> new Dependency("t" + id, policy(id), Optional.empty()))
            .toList();
    return new Row(
        random.below(8) == 0 ? TaskState.CANCELLED : TaskState.BLOCKED,
        random.below(2),
        needs,
        new StartConditions(List.of(), random.maybe(random::time), Optional.empty()));
  }

  /** Mostly one that is met. */
  private DependencyPolicy policy(int need) {
    TaskState end = ended.get(need).state();
    DependencyPolicy policy = random.oneOf(DependencyPolicy.class);
    return random.yes() && !policy.isMetBy(end) ? DependencyPolicy.ON_END : policy;
  }

  @Test
  void the_policies_are_met_in_sql_by_the_states_that_meet_them_in_core() {
    List<Need> all = new ArrayList<>();
    for (DependencyPolicy policy : DependencyPolicy.values()) {
      for (TaskState state : TaskState.values()) {
        all.add(new Need(0, state.code(), policy));
      }
    }
    assertThat(
            new RandomRows<>(all)
                .column("e.state", "smallint", Need::need)
                .column("p.met_by", "int", need -> need.policy().metBy())
                .differences(
                    database,
                    ResolveDependents.MET,
                    need -> need.policy().isMetBy(TaskState.of(need.need()))))
        .isEmpty();
  }

  @Test
  void dependents_are_released_and_skipped_as_core_decides() {
    assertThat(RuleTables.in(database, this::resolve))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(this::expected).toList());
  }

  private List<String> resolve(Connection connection) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(ended).column("k.state", "smallint", task -> task.state().code()));
    RuleTables.run(connection, "UPDATE task SET move_xid = pg_current_xact_id()::text::bigint");
    RuleTables.tasks(
        connection,
        1000,
        new RandomRows<>(rows)
            .column("k.state", "smallint", row -> row.state().code())
            .column("k.unmet", "smallint", Row::unmet)
            .column("k.run_after", "timestamptz", row -> row.start().runAfter()));
    RuleTables.run(
        connection, "INSERT INTO task_blocked SELECT queue, id FROM task WHERE state = 2");
    new RandomRows<>(needs())
        .column("n.need", "bigint", Need::need)
        .column("n.task", "bigint", Need::task)
        .column("n.policy", "smallint", need -> need.policy().code())
        .insert(connection, "task_need", Map.of());
    NamedSql sql = NamedSql.of(RuleTables.atNow(ResolveDependents.TEXT));
    try (PreparedStatement statement = sql.prepare(connection)) {
      ResolveDependents.bind(sql.of(statement), ended, false);
      statement.execute();
    }
    return RuleTables.column(connection, RESULT);
  }

  private List<Need> needs() {
    return IntStream.range(0, rows.size())
        .boxed()
        .flatMap(
            i -> rows.get(i).needs().stream().map(d -> new Need(1000 + i, number(d), d.policy())))
        .toList();
  }

  private static int number(Dependency dependency) {
    return Integer.parseInt(dependency.taskId().substring(1));
  }

  private String expected(Row row) {
    Map<Dependency, TaskState> ends =
        row.needs().stream().collect(toMap(d -> d, d -> ended.get(number(d)).state()));
    Standing after = new Standing(row.unmet(), Optional.empty()).after(ends);
    Optional<Move> move =
        row.state() == TaskState.BLOCKED && !ends.isEmpty()
            ? after.release(row.start().isLater(RandomValues.NOW))
            : Optional.empty();
    TaskState state = move.map(m -> MoveTable.STANDARD.require(row.state(), m)).orElse(row.state());
    return state.code()
        + " "
        + (row.state() == TaskState.BLOCKED ? after.unmet() : row.unmet())
        + (state == TaskState.SKIPPED ? " DEPENDENCY_NOT_MET " + after.ruledOut().get() : "")
        + switch (state) {
          case BLOCKED -> " blocked";
          case QUEUED -> " ready";
          case SCHEDULED -> " due true";
          default -> "";
        }
        + move.map(m -> " move " + m.code() + " " + after.cause(ends).orElseThrow()).orElse("");
  }
}
