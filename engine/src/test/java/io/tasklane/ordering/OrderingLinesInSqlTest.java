package io.tasklane.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.TaskKey;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has the turn of an ordering key is in SQL whom core chooses. */
class OrderingLinesInSqlTest {
  private static final int KEYS = 150;
  private static final int IN_LINE = 5;
  private static final String TURNS = "SELECT turn FROM ordering_gate ORDER BY key::int";

  /** The tasks that may run and are ready, where they are not the ones that had the turn before. */
  private static final String STARTABLE =
      """
      SELECT k.id FROM task k JOIN task_ready r ON r.task = k.id
      WHERE NOT k.key_waits ORDER BY k.id""";

  private record InLine(int key, long task, boolean rests) {}

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<OrderingLine> lines = IntStream.range(0, KEYS).mapToObj(this::line).toList();

  /** Of the tasks whose keys follow that of the line; the turn may be that of one that has left. */
  private OrderingLine line(int key) {
    Set<TaskKey> waiting = new HashSet<>();
    Set<TaskKey> resting = new HashSet<>();
    List<TaskKey> tasks = new ArrayList<>();
    for (int i = 0; i < IN_LINE; i++) {
      TaskKey task = new TaskKey(key * IN_LINE + i);
      tasks.add(task);
      switch (random.below(4)) {
        case 0 -> resting.add(task);
        case 1, 2 -> waiting.add(task);
        default -> {}
      }
    }
    return new OrderingLine(random.maybe(() -> tasks.get(random.below(IN_LINE))), waiting, resting);
  }

  @Test
  void the_turn_passes_to_the_task_that_core_chooses() {
    List<String> expected = lines.stream().map(OrderingLinesInSqlTest::nextOf).toList();
    List<String> startable =
        lines.stream()
            .filter(line -> !line.next().equals(line.turn()))
            .flatMap(line -> line.next().stream())
            .map(task -> Long.toString(task.value()))
            .toList();
    RuleTables.in(
        database,
        connection -> {
          fill(connection, lines);
          pass(connection);
          assertThat(RuleTables.column(connection, TURNS))
              .as(random.toString())
              .containsExactlyElementsOf(expected);
          assertThat(RuleTables.column(connection, STARTABLE))
              .as(random.toString())
              .containsExactlyElementsOf(startable);
          return null;
        });
  }

  @Test
  void a_new_task_has_the_turn_at_once_where_core_says_so() {
    List<OrderingLine> before =
        lines.stream()
            .map(line -> new OrderingLine(line.next(), line.waiting(), line.resting()))
            .toList();
    List<String> expected =
        IntStream.range(0, KEYS)
            .mapToObj(
                key -> {
                  Set<TaskKey> waiting = new HashSet<>(before.get(key).waiting());
                  waiting.add(new TaskKey(arrival(key)));
                  waiting.add(new TaskKey(arrival(key) + 1));
                  return nextOf(
                      new OrderingLine(before.get(key).turn(), waiting, before.get(key).resting()));
                })
            .toList();
    List<String> turns =
        RuleTables.in(
            database,
            connection -> {
              fill(connection, before);
              lineUp(connection);
              return RuleTables.column(connection, TURNS);
            });
    assertThat(turns).as(random.toString()).containsExactlyElementsOf(expected);
  }

  private static String nextOf(OrderingLine line) {
    return line.next().map(task -> Long.toString(task.value())).orElse(null);
  }

  private static long arrival(int key) {
    return 10_000 + 2L * key;
  }

  private static void fill(Connection connection, List<OrderingLine> lines) throws SQLException {
    List<InLine> tasks =
        IntStream.range(0, KEYS)
            .boxed()
            .flatMap(key -> tasks(key, lines.get(key)).stream())
            .toList();
    RuleTables.tasks(
        connection,
        new RandomRows<>(IntStream.range(0, KEYS * IN_LINE).boxed().toList())
            .column("k.key_waits", "boolean", task -> true));
    RuleTables.run(connection, "INSERT INTO task_aside SELECT queue, id, 1, order_key FROM task");
    new RandomRows<>(lines)
        .column("g.turn", "bigint", OrderingLine::turn)
        .insert(connection, "ordering_gate", Map.of("key", "r.n::text"));
    new RandomRows<>(tasks)
        .column("l.key", "text", InLine::key)
        .column("l.task", "bigint", InLine::task)
        .column("l.resting", "boolean", InLine::rests)
        .insert(connection, "ordering_line", Map.of());
  }

  private static List<InLine> tasks(int key, OrderingLine line) {
    List<InLine> tasks = new ArrayList<>();
    line.waiting().forEach(task -> tasks.add(new InLine(key, task.value(), false)));
    line.resting().forEach(task -> tasks.add(new InLine(key, task.value(), true)));
    return tasks;
  }

  private static void pass(Connection connection) throws SQLException {
    NamedSql.on(connection, OrderingGates.PASS).set("keys", "text", keys()).lock();
  }

  private static void lineUp(Connection connection) throws SQLException {
    List<KeyedTask> arrivals =
        IntStream.range(0, KEYS)
            .boxed()
            .flatMap(
                key ->
                    IntStream.range(0, 2)
                        .mapToObj(
                            i -> new KeyedTask(key.toString(), new TaskKey(arrival(key) + i))))
            .toList();
    OrderingGates.lineUp(connection, arrivals);
  }

  private static Object[] keys() {
    return IntStream.range(0, KEYS).mapToObj(Integer::toString).toArray();
  }
}
