package io.tasklane.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.filter.TimeRange;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dead letters that a list has are those that match its filter in core, the newest first. */
class DeadLetterFiltersInSqlTest {
  private static final int MOST = 500;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<DeadLetter> letters =
      IntStream.rangeClosed(1, 300).mapToObj(this::letter).toList();

  private DeadLetter letter(int key) {
    return new DeadLetter(
        new TaskKey(key),
        "t" + key,
        Integer.toString(1 + random.below(3)),
        random.oneOf("type0", "type1"),
        new Failure(
            Failure.Kind.PERMANENT, random.oneOf("DOWN", "BAD", "LOST"), "", "", Instant.EPOCH),
        random.oneOf("a", "b"),
        0,
        Optional.empty(),
        Optional.empty(),
        1,
        random.time());
  }

  private DeadLetterFilter filter() {
    return new DeadLetterFilter(
        random.maybe(() -> random.oneOf("1", "2", "4")),
        random.maybe(() -> random.oneOf("DOWN", "NONE", "BAD")),
        random.maybe(() -> random.oneOf("a", "b")),
        random.maybe(() -> random.oneOf("type0", "type1")),
        new TimeRange(random.maybe(random::time), random.maybe(random::time)));
  }

  @Test
  void a_list_has_the_dead_letters_that_match_in_core() {
    List<DeadLetterFilter> filters = random.rows(150, this::filter);
    List<List<TaskKey>> lists = RuleTables.in(database, connection -> lists(connection, filters));
    assertThat(lists)
        .as(random.toString())
        .containsExactlyElementsOf(filters.stream().map(this::expected).toList());
  }

  private List<TaskKey> expected(DeadLetterFilter filter) {
    return letters.stream()
        .filter(filter::matches)
        .sorted(
            Comparator.comparing(DeadLetter::createTime)
                .thenComparing(DeadLetter::taskKey)
                .reversed())
        .map(DeadLetter::taskKey)
        .toList();
  }

  private List<List<TaskKey>> lists(Connection connection, List<DeadLetterFilter> filters)
      throws SQLException {
    RuleTables.tasks(
        connection,
        1,
        new RandomRows<>(letters).column("k.task_type", "text", DeadLetter::taskType));
    new RandomRows<>(letters)
        .column("d.task", "bigint", DeadLetter::taskKey)
        .column("d.queue", "int", DeadLetter::queue)
        .column("d.task_type", "text", DeadLetter::taskType)
        .column("d.failure_code", "text", letter -> letter.failure().code())
        .column("d.fingerprint", "text", DeadLetter::fingerprint)
        .column("d.create_time", "timestamptz", DeadLetter::createTime)
        .insert(connection, "dead_letter", Map.of());
    List<List<TaskKey>> lists = new ArrayList<>();
    for (DeadLetterFilter filter : filters) {
      lists.add(list(connection, filter));
    }
    return lists;
  }

  private static List<TaskKey> list(Connection connection, DeadLetterFilter filter)
      throws SQLException {
    DeadLetterQuery query = new DeadLetterQuery(filter, Optional.empty(), MOST);
    return DeadLetterReader.select(
            query, filter.queue().map(queue -> new QueueKey(Integer.parseInt(queue))))
        .list(connection, row -> new TaskKey(row.getLong("task")));
  }
}
