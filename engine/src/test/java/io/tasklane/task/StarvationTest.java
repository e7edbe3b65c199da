package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.admin.RekeyTasks;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A queue may age: then waiting counts for priority. Without, a higher priority always goes first.
 */
class StarvationTest {
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  private void age(Duration interval) {
    bench.order(policy -> policy.withAging(Optional.of(interval)));
  }

  private int rekey(int atOnce) {
    int batches = 0;
    RekeyTasks places = new RekeyTasks();
    while (StoreBench.get(store.committer.submit(places, atOnce)) > 0) {
      batches++;
    }
    return batches;
  }

  private List<String> claimAll() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    List<String> started = new ArrayList<>();
    CompleteAndClaimResult result = store.claim(owner);
    while (result.claimed().isPresent()) {
      started.add(result.claimed().get().taskId());
      result = store.complete(owner, result.claimed().get(), StoreBench.succeeded(), true);
    }
    return started;
  }

  @Test
  void the_table_has_the_places_that_core_decides() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Optional<Duration> aging =
          random.nextBoolean()
              ? Optional.empty()
              : Optional.of(Duration.ofMillis(1 + random.nextInt(10_000_000)));
      Priority priority = new Priority(1 + random.nextInt(10));
      Instant created =
          Instant.ofEpochSecond(1_700_000_000L + random.nextInt(90_000_000), 999_999_000);
      String sql =
          "SELECT task_order_key(%d::smallint, '%s'::timestamptz, %s)"
              .formatted(
                  priority.value(),
                  created,
                  aging.map(interval -> Long.toString(interval.toMillis())).orElse("NULL"));
      assertThat(Postgres.number(store.database, sql))
          .isEqualTo(QueuePolicy.STANDARD.withAging(aging).orderKey(priority, created));
    }
  }

  @Test
  void what_has_waited_an_interval_for_each_level_goes_before_a_higher_priority() {
    age(Duration.ofMillis(1));
    store.create(store.named("old-low", 1));
    Postgres.run(store.database, "SELECT pg_sleep(0.05)");
    store.create(store.named("new-high", 10));
    assertThat(claimAll()).containsExactly("old-low", "new-high");
  }

  @Test
  void within_the_interval_priority_decides() {
    age(Duration.ofMinutes(10));
    store.create(store.named("low", 1));
    store.create(store.named("high", 10));
    store.create(store.named("high-2", 10));
    assertThat(claimAll()).containsExactly("high", "high-2", "low");
  }

  @Test
  void without_aging_a_higher_priority_always_goes_first() {
    store.create(store.named("old-low", 1));
    Postgres.run(store.database, "UPDATE task SET create_time = now() - interval '9 days'");
    store.create(store.named("new-high", 2));
    assertThat(claimAll()).containsExactly("new-high", "old-low");
  }

  @Test
  void a_changed_policy_finds_the_places_of_what_waits_anew_some_at_a_time() {
    List<Task> tasks = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      tasks.add(store.create(store.named("t" + i, 1 + random.nextInt(10))));
    }
    store.cancel("t7");
    age(Duration.ofMinutes(1));
    assertThat(rekey(20)).isBetween(3, 4);
    assertThat(store.count("queue_rekey")).isZero();
    assertThat(store.count("task_ready WHERE order_key > 0")).isEqualTo(49);
    bench.order(policy -> policy.withAging(Optional.empty()));
    store.create(store.named("late", 10));
    rekey(20);
    tasks.removeIf(task -> task.taskId().equals("t7"));
    tasks.add(store.read("late"));
    List<String> strict =
        tasks.stream()
            .sorted(Comparator.comparing((Task task) -> -task.priority().value()))
            .map(Task::taskId)
            .toList();
    assertThat(claimAll()).isEqualTo(strict);
  }

  @Test
  void a_retry_keeps_the_place_of_its_creation() {
    age(Duration.ofMinutes(1));
    Task task = store.create(store.named("old", 5));
    long place = Postgres.number(store.database, "SELECT order_key FROM task_ready");
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.complete(owner, run, new io.tasklane.task.RunEnd.HandedBack(), false);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.QUEUED);
    assertThat(Postgres.number(store.database, "SELECT order_key FROM task_ready"))
        .isEqualTo(place);
  }
}
