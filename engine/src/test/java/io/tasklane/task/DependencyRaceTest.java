package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Creation;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a task and the creation of one that needs it, on two nodes at the same time. */
class DependencyRaceTest {
  private final StoreBench store = new StoreBench();
  private final GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {});

  @AfterEach
  void close() {
    other.close();
    store.close();
  }

  @Test
  void an_end_during_the_creation_of_a_dependent_reaches_it() throws Exception {
    Task need = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    CompletableFuture<List<Creation>> creation;
    Future<CompleteAndClaimResult> completion;
    try (Connection blocker = store.database.open()) {
      // the creation has looked at its need, and now waits for the name that this one holds
      blocker.setAutoCommit(false);
      execute(
          blocker,
          "INSERT INTO task (id, move_xid, create_time, state_time, revision, initial_backoff_ms,"
              + " maximum_backoff_ms, backoff_multiplier, jitter, attempt_timeout_ms,"
              + " result_ttl_ms, queue, version, state, priority, maximum_attempts, name,"
              + " task_type, input_type, input, create_principal) SELECT -1, move_xid,"
              + " create_time, state_time, 0, 0, 0, 1, 0, 1, 1, queue, 1, 3, 5, 1, 'dependent',"
              + " task_type, input_type, input, '' FROM task");
      // who hands a command in may lead its commit: each needs a thread of its own to wait on
      NewTask wanted = needing("dependent", need);
      creation = async(() -> StoreBench.get(other.submit(store.creation, List.of(wanted))));
      awaitBlocked();
      completion = async(() -> store.complete(owner, run, StoreBench.succeeded(), false));
      Thread.sleep(200); // where nothing holds it up it is through by now
      blocker.rollback();
    }
    Task dependent = StoreBench.get(creation).get(0).task();
    StoreBench.get(completion);
    assertThat(store.read(dependent.taskId()).state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void two_needs_that_end_on_two_nodes_at_once_release_their_dependent() throws Exception {
    Task one = store.create(store.task(5));
    Task two = store.create(store.task(5));
    Dependency first = new Dependency(one.taskId(), DependencyPolicy.ON_END, Optional.empty());
    Dependency second = new Dependency(two.taskId(), DependencyPolicy.ON_END, Optional.empty());
    Task dependent =
        store.create(
            store.named("dependent", 5).withStart(StartConditions.after(List.of(first, second))));
    CompletableFuture<Task> here;
    CompletableFuture<Task> there;
    try (Connection blocker = store.database.open()) {
      blocker.setAutoCommit(false);
      blocker
          .createStatement()
          .executeQuery("SELECT 1 FROM task WHERE name = 'dependent' FOR UPDATE")
          .close();
      here = async(() -> store.cancel(one.taskId()));
      there =
          async(
              () -> StoreBench.get(other.submit(store.cancels, StoreBench.cancelOf(two.taskId()))));
      String waiting = "pg_stat_activity WHERE wait_event_type = 'Lock'";
      Until.isTrue("both wait for the dependent", () -> store.count(waiting) >= 2);
      blocker.rollback();
    }
    StoreBench.get(here);
    StoreBench.get(there);
    assertThat(store.read(dependent.taskId()).state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_dependent_created_in_a_newer_transaction_is_released_in_a_newer_one_still() {
    Task need = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    Gate first = new Gate();
    Gate begun = new Gate();
    first.close(store.committer);
    CompletableFuture<Boolean> held = store.committer.submit(begun, "hold");
    Future<CompleteAndClaimResult> completion =
        store.submitCompletion(owner, run, StoreBench.succeeded());
    first.open();
    begun.awaitEntered(); // the settlement's transaction has its id now
    Task dependent =
        StoreBench.get(other.submit(store.creation, List.of(needing("dependent", need))))
            .get(0)
            .task();
    begun.open();
    StoreBench.get(held);
    StoreBench.get(completion);
    assertThat(store.read(dependent.taskId()).state()).isEqualTo(TaskState.QUEUED);
    TaskLog.isInOrder(store.database);
  }

  private static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work);
  }

  private NewTask needing(String name, Task need) {
    return store
        .named(name, 5)
        .withStart(StartConditions.after(List.of(Dependency.on(need.taskId()))));
  }

  private void awaitBlocked() throws InterruptedException {
    long give = System.nanoTime() + 30_000_000_000L;
    String waiting = "pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%wanted%'";
    while (store.count(waiting) == 0) {
      assertThat(System.nanoTime()).as("the creation waits").isLessThan(give);
      Thread.sleep(10);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
