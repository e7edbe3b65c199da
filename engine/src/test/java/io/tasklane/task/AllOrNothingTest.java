package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.task.row.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A list of tasks is created whole, or nothing of it is. */
class AllOrNothingTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_name_that_is_taken_leaves_nothing_of_the_list() {
    store.create(store.named("taken", 5));
    refusesAsTaken(() -> StoreBench.get(submit("one", "two", "taken")), "tasks/taken");
    nothingButTasks(1);
  }

  @Test
  void a_list_that_names_a_task_twice_leaves_nothing() {
    refusesAsTaken(() -> StoreBench.get(submit("one", "two", "one")), "tasks/one");
    nothingButTasks(0);
  }

  @Test
  void of_two_lists_in_one_batch_that_share_a_name_one_is_created_whole() {
    List<CompletableFuture<List<Creation>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(submit("one", "shared"));
          replies.add(submit("shared", "two"));
          replies.add(submit("three"));
        });
    assertThat(StoreBench.get(replies.get(0))).hasSize(2);
    refusesAsTaken(() -> StoreBench.get(replies.get(1)), "tasks/shared");
    assertThat(StoreBench.get(replies.get(2))).hasSize(1);
    nothingButTasks(3);
  }

  @Test
  void of_two_nodes_that_create_one_name_one_is_refused() {
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      Gate here = new Gate();
      here.close(store.committer);
      CompletableFuture<List<Creation>> mine = submit("one", "shared");
      StoreBench.get(
          other.submit(store.creation, List.of(store.named("shared", 5), store.named("two", 5))));
      here.open();
      refusesAsTaken(() -> StoreBench.get(mine), "tasks/shared");
      nothingButTasks(2);
    }
  }

  private CompletableFuture<List<Creation>> submit(String... names) {
    List<NewTask> tasks = new ArrayList<>();
    for (String name : names) {
      tasks.add(store.named(name, 5));
    }
    return store.committer.submit(store.creation, tasks);
  }

  private void nothingButTasks(long count) {
    assertThat(store.count("task")).isEqualTo(count);
    assertThat(store.count("task_ready")).isEqualTo(count);
    assertThat(store.count("task_event WHERE kind = 1")).isEqualTo(count);
  }

  private static void refusesAsTaken(ThrowingCallable call, String name) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.sort()).isEqualTo(Refusal.Sort.ALREADY_EXISTS);
              assertThat(r.resource()).contains(name);
            });
  }
}
