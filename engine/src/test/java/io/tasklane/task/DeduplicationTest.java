package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.commit.Gate;
import io.tasklane.commit.Ownership;
import io.tasklane.dependency.Dependency;
import io.tasklane.task.row.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a task with a deduplication key is unfinished, another creation returns it. */
class DeduplicationTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void an_unfinished_task_with_the_key_is_returned_instead() {
    Creation first = create(keyed("sync"));
    Creation second = create(keyed("sync"));
    assertThat(first.existing()).isFalse();
    assertThat(second.existing()).isTrue();
    assertThat(second.task()).isEqualTo(first.task());
    assertThat(create(keyed("other")).existing()).isFalse();
    assertThat(store.count("task")).isEqualTo(2);
  }

  @Test
  void the_key_is_free_again_after_any_end() {
    Creation first = create(keyed("sync"));
    store.cancel(first.task().taskId());
    Creation second = create(keyed("sync"));
    assertThat(second.existing()).isFalse();
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(create(keyed("sync")).existing()).isTrue();
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(create(keyed("sync")).existing()).isFalse();
  }

  @Test
  void creations_with_one_key_in_one_batch_make_one_task() {
    List<CompletableFuture<List<Creation>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (int i = 0; i < 5; i++) {
            replies.add(store.committer.submit(store.creation, List.of(keyed("sync"))));
          }
        });
    List<Creation> made = replies.stream().map(r -> StoreBench.get(r).get(0)).toList();
    assertThat(made.stream().filter(c -> !c.existing())).hasSize(1);
    assertThat(made.stream().map(c -> c.task().id()).distinct()).hasSize(1);
  }

  @Test
  void one_request_may_not_use_a_key_twice() {
    assertThatThrownBy(() -> createAll(keyed("sync"), keyed("sync")))
        .hasMessageContaining("\"sync\" stands twice");
    assertThat(store.count("task")).isZero();
  }

  @Test
  void a_need_that_exists_already_under_its_key_is_meant() {
    Task existing = create(keyed("sync")).task();
    NewTask doubled = store.named("mine", 5).withDeduplicationKey("sync");
    NewTask dependent =
        store
            .named("dependent", 5)
            .withStart(StartConditions.after(List.of(Dependency.on("mine"))));
    List<Creation> made = createAll(doubled, dependent);
    assertThat(made.get(0).existing()).isTrue();
    assertThat(made.get(1).task().start().dependencies())
        .containsExactly(Dependency.on(existing.taskId()));
  }

  private NewTask keyed(String key) {
    return store.task(5).withDeduplicationKey(key);
  }

  private Creation create(NewTask task) {
    return createAll(task).get(0);
  }

  private List<Creation> createAll(NewTask... tasks) {
    return StoreBench.get(store.committer.submit(store.creation, List.of(tasks)));
  }
}
