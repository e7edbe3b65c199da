package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.commit.BadSql;
import io.tasklane.commit.Gate;
import io.tasklane.database.Postgres;
import io.tasklane.monitor.Distribution;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import io.tasklane.time.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What meets in one transaction shares its commit, and nothing else. */
class OneBatchTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void commands_of_many_threads_land_all_and_share_commits() throws Exception {
    ConcurrentLinkedQueue<CompletableFuture<List<Creation>>> replies =
        new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    Gate gate = new Gate();
    gate.close(store.committer);
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  replies.add(store.committer.submit(store.creation, List.of(store.task(5))));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    gate.open();
    for (CompletableFuture<List<Creation>> reply : replies) {
      assertThat(store.read(StoreBench.get(reply).get(0).task().taskId()).version()).isOne();
    }
    assertThat(store.count("task")).isEqualTo(400);
    assertThat(Postgres.number(store.database, "SELECT count(DISTINCT move_xid) FROM task"))
        .as("transactions of 400 commands that were ready together")
        .isOne();
  }

  @Test
  void a_command_that_spoils_its_batch_fails_alone() {
    NewTask poison = labelled("poison", Map.of("note", "a\u0000b"));
    List<CompletableFuture<List<Creation>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (int i = 0; i < 20; i++) {
            NewTask task = i == 7 ? poison : store.task(5);
            replies.add(store.committer.submit(store.creation, List.of(task)));
          }
        });
    assertThatThrownBy(() -> StoreBench.get(replies.get(7)))
        .rootCause()
        .hasMessageContaining("u0000");
    replies.remove(7);
    replies.forEach(StoreBench::get);
    assertThat(store.count("task")).isEqualTo(19);
    assertThat(store.count("task_ready")).isEqualTo(19);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM task_event WHERE kind = 1"))
        .isEqualTo(19);
  }

  @Test
  void a_kind_of_command_that_fails_leaves_the_other_kinds_alone() {
    List<CompletableFuture<?>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(store.committer.submit(store.creation, List.of(store.task(5))));
          replies.add(store.committer.submit(new BadSql(), "SELECT 1 / 0"));
          replies.add(store.committer.submit(store.creation, List.of(store.task(5))));
        });
    StoreBench.get(replies.get(0));
    assertThatThrownBy(() -> StoreBench.get(replies.get(1)))
        .rootCause()
        .hasMessageContaining("division by zero");
    StoreBench.get(replies.get(2));
    assertThat(store.count("task")).isEqualTo(2);
  }

  @Test
  void commits_are_counted_by_how_many_commands_each_carried() {
    Distribution before = store.committer.commits();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (int i = 0; i < 5; i++) {
            store.committer.submit(store.creation, List.of(store.task(5)));
          }
        });
    Until.isTrue("two more", () -> store.committer.commits().count() == before.count() + 2);
    Distribution after = store.committer.commits();
    assertThat(after.sum() - before.sum()).as("the gate's own, and five").isEqualTo(6);
    int upToEight = after.upperBounds().indexOf(8.0);
    assertThat(after.counts().get(upToEight) - before.counts().get(upToEight)).isOne();
  }

  private NewTask labelled(String name, Map<String, String> labels) {
    NewTask plain = store.named(name, 5);
    return NewTasks.of(
        plain.taskId(),
        true,
        plain.queue().value(),
        plain.queueId(),
        plain.spec().taskType(),
        plain.spec().input(),
        plain.priority(),
        plain.spec().retryPolicy(),
        plain.spec().timeouts().attempt(),
        plain.spec().resultTtl(),
        labels,
        plain.start(),
        plain.deduplicationKey(),
        plain.principal(),
        plain.path());
  }
}
