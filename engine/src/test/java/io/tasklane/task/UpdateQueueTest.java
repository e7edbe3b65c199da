package io.tasklane.task;

import static io.tasklane.task.QueueBench.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.row.NewTask;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues are created once, and changed by who has seen how they are. */
class UpdateQueueTest {
  private static final QueueDefaults OWN =
      new QueueDefaults(
          new RetryPolicy(
              7, Duration.ofMillis(5), 1.5, Duration.ofSeconds(9), 0.25, List.of("BAD", "WORSE")),
          new Timeouts(
              Duration.ofSeconds(11),
              Optional.of(Duration.ofSeconds(12)),
              Optional.of(Duration.ofSeconds(14)),
              Duration.ofSeconds(15)),
          Duration.ofMinutes(13));
  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_queue_is_created_with_its_defaults_and_told_of() {
    Queue made = bench.make("NEW", OWN);
    assertThat(made.defaults()).isEqualTo(OWN);
    assertThat(made.version()).isOne();
    assertThat(bench.told).containsExactly(made.key());
    assertThat(
            store.count(
                "task_event WHERE subject = 'queues/NEW' AND actor = 'user:ann'"
                    + " AND data = '{\"state\":\"ACTIVE\",\"change\":\"CREATED\"}'"))
        .isOne();
    assertThat(StoreBench.get(store.committer.submit(store.creation, List.of(task(made)))))
        .hasSize(1);
  }

  private NewTask task(Queue queue) {
    return store.forQueue(queue.key().value(), queue.queueId());
  }

  @Test
  void a_name_is_taken_once_also_where_two_nodes_ask_at_the_same_time() {
    for (int round = 0; round < 20; round++) {
      String name = "N" + round;
      List<CompletableFuture<String>> replies = new ArrayList<>();
      for (var by : List.of(store.committer, bench.second)) {
        replies.add(
            CompletableFuture.supplyAsync(
                () -> reason(bench.make(by, name, QueueDefaults.STANDARD))));
      }
      assertThat(replies.stream().map(StoreBench::get))
          .containsExactlyInAnyOrder("", "QUEUE_EXISTS");
    }
  }

  @Test
  void what_is_changed_is_kept_and_a_new_version() {
    Queue before = bench.read().orElseThrow();
    Queue after = bench.update(Optional.of(before.etag()), defaults -> OWN);
    assertThat(after.defaults()).isEqualTo(OWN);
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(bench.read()).contains(after);
    assertThat(store.count("task_event WHERE kind = 3 AND data LIKE '%\"UPDATED\"%'")).isOne();
  }

  @Test
  void a_change_to_what_is_there_changes_nothing_and_tells_nothing() {
    Queue before = bench.read().orElseThrow();
    assertThat(bench.update(Optional.empty(), defaults -> defaults)).isEqualTo(before);
    assertThat(store.count("task_event WHERE kind = 3")).isOne();
    assertThat(bench.told).isEmpty();
  }

  @Test
  void a_change_made_from_an_old_version_is_refused() {
    String etag = bench.read().orElseThrow().etag();
    bench.update(Optional.of(etag), d -> d.withResultTtl(Duration.ofHours(2)));
    assertThatThrownBy(() -> bench.update(Optional.of(etag), d -> OWN))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.ABORTED);
              assertThat(r.reason().name()).isEqualTo("ETAG_MISMATCH");
              assertThat(r.getMessage()).contains(etag, "\"2\"");
            });
    assertThat(bench.read().orElseThrow().resultTtl()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void of_two_changes_from_one_version_one_is_made() {
    String etag = bench.read().orElseThrow().etag();
    List<CompletableFuture<String>> replies = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      Duration ttl = Duration.ofHours(i + 1L);
      replies.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  bench.update(Optional.of(etag), d -> d.withResultTtl(ttl));
                  return "";
                } catch (Refusal refusal) {
                  return refusal.reason().name();
                }
              }));
    }
    assertThat(replies.stream().map(StoreBench::get).filter(String::isEmpty)).hasSize(1);
  }

  @Test
  void the_configuration_creates_a_deleted_queue_again_and_leaves_a_living_one_alone() {
    QueueSettings wanted = QueueSettings.of(StoreBench.QUEUE, OWN);
    assertThat(StoreBench.get(store.committer.submit(new EnsureQueues(), List.of(wanted))))
        .isZero();
    assertThat(bench.read().orElseThrow().defaults()).isNotEqualTo(OWN);
    StoreBench.get(bench.delete(store.committer));
    assertThat(StoreBench.get(store.committer.submit(new EnsureQueues(), List.of(wanted)))).isOne();
    assertThat(bench.read().orElseThrow().defaults()).isEqualTo(OWN);
  }
}
