package io.tasklane.task.list;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tasks of all sorts, and filters over them. */
final class VariedTasks {
  private static final List<String> STATES =
      List.of("QUEUED", "RUNNING", "RETRY_WAIT", "CANCELLING", "SUCCEEDED", "FAILED", "CANCELLED");

  /** Makes them of what {@link ManyTasks} makes: every state, and few values of everything else. */
  private static final String VARY =
      """
      UPDATE task SET state = (ARRAY[3, 5, 6, 7, 8, 8, 9, 10])[1 + id * 7919 % 8],
        priority = 1 + id * 31 % 3, task_type = 'type' || id * 17 % 4,
        create_time = timestamptz '2026-01-01T00:00:00Z' + (id - id % 3) * interval '1 s',
        queue = (SELECT q.id FROM queue q WHERE q.name =
          (ARRAY['LARGE', 'LARGE', 'SMALL', 'RARE'])[1 + task.id * 13 % 4]),
        labels = CASE WHEN id % 5 = 0 THEN NULL
          ELSE jsonb_build_object('a', 'v' || id % 3, 'b', 'v' || id % 7) END;
      UPDATE task SET
        end_time = CASE WHEN state >= 8
          THEN timestamptz '2026-01-01T00:00:00Z' + id * 37 % 600 / 5 * interval '5 s' END,
        failure_kind = CASE WHEN state IN (6, 9) OR id % 11 = 0 THEN 1 END,
        failure_code = CASE WHEN state IN (6, 9) OR id % 11 = 0 THEN 'CODE' || id % 2 END,
        failure_message = '', failure_trace = '', failure_time = now();
      TRUNCATE task_end, task_label, task_ready, task_lease, task_due, dead_letter;
      """;

  private VariedTasks() {}

  static void fill(Database database, int tasks) {
    ManyTasks.fill(database, tasks);
    Postgres.run(database, VARY);
    ManyTasks.fillSideTables(database, tasks);
  }

  /** Up to three conditions. */
  static String filter(Random random, int tasks) {
    List<String> all = new ArrayList<>(List.of());
    for (int i = random.nextInt(4); i > 0; i--) {
      String condition = condition(random, tasks);
      String field = condition.split(" ")[0];
      if (all.stream().noneMatch(other -> other.startsWith(field))) {
        all.add(condition);
      }
    }
    return String.join(" AND ", all);
  }

  private static String condition(Random random, int tasks) {
    return switch (random.nextInt(8)) {
      case 0 -> "state = " + pick(random, STATES) + " OR state = " + pick(random, STATES);
      case 1 -> "queue = " + pick(random, List.of("LARGE", "SMALL", "RARE", "EMPTY", "NONE"));
      case 2 -> "task_type = type" + random.nextInt(5);
      case 3 -> "priority = " + (1 + random.nextInt(4));
      case 4 -> "labels.a = v" + random.nextInt(4);
      case 5 -> "labels.b = v" + random.nextInt(8);
      case 6 -> "failure.code = CODE" + random.nextInt(3);
      default -> time(random, tasks);
    };
  }

  private static String time(Random random, int tasks) {
    String field = pick(random, List.of("create_time", "end_time"));
    Instant bound = Instant.parse(ManyTasks.FIRST).plusSeconds(random.nextInt(tasks));
    String first = field + pick(random, List.of(" < ", " <= ", " > ", " >= ")) + quoted(bound);
    boolean upper = first.contains("<");
    Instant other = bound.plusSeconds(upper ? -random.nextInt(200) : random.nextInt(200));
    return random.nextBoolean()
        ? first
        : first + " AND " + field + (upper ? " >= " : " < ") + quoted(other);
  }

  private static String quoted(Instant time) {
    return "\"" + time + "\"";
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
