package io.tasklane.task.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.state.TaskState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What SQL makes of a task when its run ends is what core makes of it. */
class CompletionsInSqlTest {
  private static final Instant NOW = RandomValues.NOW;
  private static final String RESULT =
      """
      SELECT concat_ws(' ', k.state, k.attempt, convert_from(k.result, 'UTF8'), k.result_partial,
          ${RESULT_EXPIRES}, k.failure_kind, k.failure_code, k.failure_message,
          k.failure_time = ${NOW}, k.end_time = ${NOW}, ${NEXT_ATTEMPT},
          (SELECT 'rank ' || r.rank FROM task_ready r WHERE r.task = k.id),
          (SELECT 'due ' || (d.due = k.next_attempt_time) FROM task_due d WHERE d.task = k.id),
          (SELECT 'move ' || e.move FROM task_event e WHERE e.task = k.id))
      FROM task k ORDER BY k.id"""
          .replace("${NOW}", RandomRows.literal(NOW))
          .replace("${RESULT_EXPIRES}", RandomRows.instant("k.result_expire_time"))
          .replace("${NEXT_ATTEMPT}", RandomRows.instant("k.next_attempt_time"));

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(500, this::row);

  private record Row(
      TaskState state, int attempt, Duration resultTtl, RunCompletion completion, boolean stale) {}

  private Row row() {
    int attempt = 1 + random.below(4);
    return new Row(
        random.oneOf(TaskState.RUNNING, TaskState.CANCELLING),
        attempt,
        random.limit(),
        RunCompletion.of(end(), RetryPolicy.DEFAULT, attempt, new Random(1)),
        random.below(8) == 0);
  }

  private RunEnd end() {
    Optional<Payload> partial = random.maybe(() -> Payload.json("{\"part\":1}"));
    Failure failure =
        new Failure(
            random.oneOf(Failure.Kind.RETRYABLE, Failure.Kind.PERMANENT, Failure.Kind.TIMEOUT),
            random.oneOf("DOWN", "BAD"),
            "why",
            "",
            NOW);
    return random.oneOf(
        new RunEnd.Succeeded(Payload.json("{\"ok\":true}"), List.of()),
        new RunEnd.Failed(failure, random.maybe(random::limit), partial),
        new RunEnd.Stopped(partial),
        new RunEnd.Preempted("tasks/urgent"),
        new RunEnd.Released(failure, random.limit()),
        new RunEnd.Suspended("s", random.limit()),
        new RunEnd.LeaseLost(
            new Failure(Failure.Kind.LEASE_LOST, "LEASE_LOST", "gone", "", NOW),
            random.below(2) == 0),
        new RunEnd.HandedBack());
  }

  @Test
  void a_completion_changes_the_task_as_core_decides() {
    assertThat(RuleTables.in(database, this::complete))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(CompletionsInSqlTest::expected).toList());
  }

  private List<String> complete(Connection connection) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(rows)
            .column("k.state", "smallint", row -> row.state().code())
            .column("k.attempt", "smallint", Row::attempt)
            .column("k.result_ttl_ms", "bigint", Row::resultTtl)
            .column("k.fencing_token", "bigint", row -> row.stale() ? 8 : 7)
            .column("k.node", "text", row -> "n1")
            .column("k.start_time", "timestamptz", row -> NOW));
    NamedSql sql = NamedSql.of(RuleTables.atNow(CompleteStatement.TEXT));
    try (PreparedStatement statement = sql.prepare(connection)) {
      CompleteStatement.bind(sql.of(statement), completions());
      statement.execute();
    }
    return RuleTables.column(connection, RESULT);
  }

  private List<CompleteAndClaim.Completion> completions() {
    return IntStream.range(0, rows.size())
        .mapToObj(
            task ->
                new CompleteAndClaim.Completion(
                    new TaskKey(task),
                    new FencingToken(7),
                    rows.get(task).completion(),
                    List.of(),
                    ""))
        .toList();
  }

  private static String expected(Row row) {
    if (row.stale()) {
      return row.state().code() + " " + row.attempt() + " f";
    }
    CompletedRun run =
        CompletedRun.of(row.completion(), row.state(), row.attempt(), row.resultTtl(), NOW);
    return run.state().code()
        + " "
        + run.attempt()
        + run.result().map(kept -> " " + new String(kept.body(), StandardCharsets.UTF_8)).orElse("")
        + (run.partial() ? " t" : " f")
        + run.resultExpireTime().map(time -> " " + time).orElse("")
        + run.failure()
            .map(f -> " " + f.kind().code() + " " + f.code() + " " + f.message() + " t")
            .orElse("")
        + (run.state().isFinal() ? " t" : "")
        + run.nextAttemptTime().map(time -> " " + time).orElse("")
        + (run.state() == TaskState.QUEUED ? " rank " + (run.isInterrupted() ? 0 : 1) : "")
        + (run.nextAttemptTime().isPresent() ? " due true" : "")
        + " move "
        + run.move().code();
  }
}
