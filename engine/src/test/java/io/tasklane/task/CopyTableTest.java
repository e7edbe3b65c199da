package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.contract.TaskContract;
import io.tasklane.dependency.Dependency;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.timeout.RequestedTimeouts;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The table of the contract that says what a copy takes over is the one that the code follows: each
 * field that a task is created with has a row, and a copy has what the row says.
 */
class CopyTableTest {
  private static final String INTRODUCTION = "as the old one had it at last:";
  private static final TaskContract CONTRACT = TaskContract.read();
  private static final Map<String, String> OTHER_NAMES =
      Map.of("taskId", "name", "runAfter", "run_after_time");

  /** Where a task comes from; the server sets them, and no copy has that of its original. */
  private static final Set<String> ORIGINS = Set.of("retry_of", "workflow", "schedule");

  private final CopyBench bench = new CopyBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void each_field_that_a_task_is_created_with_has_a_row() {
    Set<String> rows = new TreeSet<>(CONTRACT.table(INTRODUCTION).keySet());
    assertThat(rows).containsAll(ORIGINS);
    rows.removeAll(ORIGINS);
    assertThat(rows).isEqualTo(CONTRACT.fields(false));
    assertThat(rows).isEqualTo(new TreeSet<>(fields(plain()).keySet()));
  }

  @Test
  void a_copy_has_what_its_row_says() {
    Task old = full();
    Map<String, Object> plain = fields(plain());
    Map<String, Object> before = fields(old);
    Map<String, String> table = CONTRACT.table(INTRODUCTION);
    for (Task copy : List.of(bench.retry("full"), copyOfCopy())) {
      Map<String, Object> after = fields(copy);
      after.forEach(
          (field, value) -> {
            assertThat(before.get(field))
                .as(field + " proves nothing")
                .isNotEqualTo(plain.get(field));
            String row = table.get(field);
            if (row.startsWith("same") || row.startsWith("the same tasks")) {
              assertThat(value).as(field).isEqualTo(before.get(field));
            } else if (row.startsWith("none")) {
              assertThat(value).as(field).isEqualTo(Optional.empty());
            } else {
              assertThat(row).as(field).startsWith("new");
              assertThat(value).as(field).isNotEqualTo(before.get(field));
            }
          });
      assertThat(table.get("retry_of")).isEqualTo("the old one");
      assertThat(copy.retryOf()).isPresent();
      assertThat(copy.attempt()).isZero();
    }
  }

  /** A copy of the copy, once that has ended as well. */
  private Task copyOfCopy() {
    Task copy =
        bench.store.read(
            bench.store.database.with(
                c -> {
                  try (var rows =
                      c.createStatement()
                          .executeQuery("SELECT name FROM task WHERE retry_of = 'full'")) {
                    rows.next();
                    return rows.getString(1);
                  }
                }));
    bench.store.cancel(copy.taskId());
    return bench.retry(copy.taskId());
  }

  private Task plain() {
    return bench.create(CopyBench.noop("plain"));
  }

  /** A task that has something of its own in each field, and has ended. */
  private Task full() {
    StoreBench.get(
        bench.store.committer.submit(
            new ChangeResources(bench.store.units),
            new ChangeResources.Create("ai-turns", ResourceLimits.capacity(3))));
    StoreBench.get(
        bench.store.committer.submit(
            new EnsureQueues(),
            List.of(
                new QueueSettings(
                    "OTHER",
                    QueuePolicy.STANDARD,
                    RetryPolicy.DEFAULT,
                    Duration.ofMinutes(1),
                    Duration.ofHours(1)))));
    bench.create(CopyBench.noop("risk"), StoreBench.succeeded());
    Instant now = Instant.now();
    bench.create(
        new TaskRequest(
            Optional.of("full"),
            "OTHER",
            "system.echo",
            Payload.json("{\"n\":1}"),
            new Priority(8),
            Optional.of(RetryPolicy.attempts(2)),
            RequestedTimeouts.NONE
                .withAttempt(Duration.ofSeconds(7))
                .withQueue(Duration.ofMinutes(8))
                .withTotal(Duration.ofMinutes(9)),
            Optional.of(Duration.ofMinutes(11)),
            Map.of("desk", "us"),
            StartConditions.after(List.of(Dependency.on("risk")))
                .notBefore(now.plusSeconds(3600))
                .expiringAt(now.plusSeconds(7200)),
            Optional.of("sync-A-100"),
            new RunRules(Optional.of("A-100"), Map.of("ai-turns", 2), true)));
    return bench.store.cancel("full");
  }

  /** What a task is created with, by the names of the contract. */
  private static Map<String, Object> fields(Task task) {
    Map<String, Object> fields = new LinkedHashMap<>();
    flatten(task.spec(), fields);
    return fields;
  }

  private static void flatten(Object parts, Map<String, Object> fields) {
    for (RecordComponent part : parts.getClass().getRecordComponents()) {
      Object value = value(parts, part);
      if (value instanceof StartConditions || value instanceof RunRules) {
        flatten(value, fields);
      } else {
        fields.put(wireName(part.getName()), value);
      }
    }
  }

  private static Object value(Object parts, RecordComponent part) {
    try {
      return part.getAccessor().invoke(parts);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String wireName(String component) {
    String snake = component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return OTHER_NAMES.getOrDefault(component, snake);
  }
}
