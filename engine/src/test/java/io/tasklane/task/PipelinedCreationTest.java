package io.tasklane.task;

import static io.tasklane.task.KeyedCreates.isStored;
import static io.tasklane.task.KeyedCreates.refusesReuse;
import static io.tasklane.task.KeyedCreates.request;
import static io.tasklane.task.KeyedCreates.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.CuttingProxy;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task that comes alone is created in one round trip, and claimed with it for who waits. */
class PipelinedCreationTest {
  private final StoreBench store = new StoreBench();
  private final List<Task> started = new ArrayList<>();
  private int busy;
  private Ownership owner;
  private CreateTasks creation;

  @BeforeEach
  void stand() {
    owner = store.take("n1", 1).orElseThrow();
    creation =
        new CreateTasks(
            store.resolver,
            store.nobody,
            queue -> Optional.of(new Waiting()),
            new ClaimStatement(store.claims.pieces()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private final class Waiting implements IdleOwners.Idle {
    @Override
    public Ownership ownership() {
      return owner;
    }

    @Override
    public void run(Task claimed) {
      started.add(claimed);
    }

    @Override
    public void isBusy() {
      busy++;
    }
  }

  private Task create(NewTask task) {
    return StoreBench.get(store.committer.submit(creation, List.of(task))).get(0).task();
  }

  private Answer<List<Creation>> create(String requestId, NewTask task) {
    return StoreBench.get(
        store.committer.submit(creation, List.of(task), request(requestId, "body")));
  }

  @Test
  void the_answer_is_the_task_as_it_was_created_and_the_owner_runs_it() {
    Task made = create(store.named("x", 5));
    assertThat(made.state()).isEqualTo(TaskState.QUEUED);
    assertThat(made.version()).isOne();
    assertThat(started).extracting(Task::taskId).containsExactly("x");
    assertThat(started.get(0).attempt()).isOne();
    assertThat(started.get(0).fencingToken()).isGreaterThan(FencingToken.NONE);
    assertThat(store.read("x").state()).isEqualTo(TaskState.RUNNING);
    assertThat(store.count("task_event WHERE subject = 'tasks/x'")).isEqualTo(2);
  }

  @Test
  void so_it_is_for_a_request_with_an_id_which_is_made_once() {
    Answer<List<Creation>> first = create("r1", store.named("x", 5));
    assertThat(store.count("request_log WHERE revision IS NOT NULL")).isOne();
    assertThat(started).extracting(Task::taskId).containsExactly("x");
    assertThat(told(create("r1", store.named("x", 5)))).isEqualTo(told(first));
    assertThat(busy).as("the one slot is taken").isOne();
    assertThat(store.count("task_event WHERE subject = 'tasks/x'")).isEqualTo(2);
    assertThat(store.count("task_lease")).isOne();
  }

  @Test
  void a_request_that_was_made_before_still_claims_for_who_waits() {
    Answer<List<Creation>> first =
        StoreBench.get(
            store.committer.submit(
                store.creation, List.of(store.named("x", 5)), request("r1", "body")));
    assertThat(told(create("r1", store.named("x", 5)))).isEqualTo(told(first));
    assertThat(started).extracting(Task::taskId).containsExactly("x");
    refusesReuse(
        () ->
            StoreBench.get(
                store.committer.submit(
                    creation, List.of(store.named("y", 5)), request("r1", "other body"))));
    assertThat(store.exists("y")).isFalse();
  }

  @Test
  void the_head_of_the_queue_is_claimed_whoever_came_last() {
    store.create(store.named("urgent", 9));
    create(store.named("late", 5));
    assertThat(started).extracting(Task::taskId).containsExactly("urgent");
    assertThat(store.read("late").state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void where_as_many_run_as_may_nothing_is_claimed_and_the_owner_is_left_alone() {
    create(store.named("first", 5));
    create(store.named("second", 5));
    assertThat(started).extracting(Task::taskId).containsExactly("first");
    assertThat(busy).isOne();
    assertThat(store.read("second").state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void nothing_is_claimed_for_who_owns_the_queue_no_longer() {
    store.live("n2", 1);
    store.declareDead("n1");
    assertThat(store.take("n2", 1)).isPresent();
    create(store.named("x", 5));
    assertThat(started).isEmpty();
    assertThat(busy).isOne();
    assertThat(store.read("x").state()).isEqualTo(TaskState.QUEUED);
  }

  @Test
  void a_task_is_created_once_also_while_somebody_holds_the_owner_row() throws SQLException {
    try (Connection other = store.database.open()) {
      other.setAutoCommit(false);
      other.createStatement().execute("SELECT FROM queue_owner FOR UPDATE");
      assertThat(create(store.named("x", 5)).taskId()).isEqualTo("x");
      assertThat(started).isEmpty();
      assertThat(busy).isOne();
      assertThat(store.read("x").state()).isEqualTo(TaskState.QUEUED);
      other.rollback();
    }
  }

  @Test
  void what_was_claimed_runs_also_where_the_queue_takes_no_new_task() {
    store.create(store.named("before", 5));
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Request(
                store.queue, StoreBench.QUEUE, QueueState.DRAINING, new Actor("tester", "test"))));
    assertThatThrownBy(() -> create(store.named("x", 5)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("draining");
    assertThat(started).extracting(Task::taskId).containsExactly("before");
    assertThat(store.count("task_lease")).isOne();
  }

  @Test
  void a_name_that_is_taken_is_refused_and_nothing_is_claimed_twice() {
    create(store.named("x", 5));
    assertThatThrownBy(() -> create(store.named("x", 5)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("tasks/x exists already");
    assertThat(started).hasSize(1);
  }

  @Test
  void labels_are_written_too() {
    create(HotPath.labelled(store.named("x", 5), Map.of("desk", "us")));
    assertThat(store.count("task_label WHERE key = 'desk' AND value = 'us'")).isOne();
    assertThat(store.read("x").labels()).isEqualTo(Map.of("desk", "us"));
  }

  @Test
  void an_answer_that_was_lost_loses_neither_the_task_nor_its_claim() throws IOException {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        GroupCommitter committer = new GroupCommitter(network.database(), Thread::new, () -> {})) {
      StoreBench.get(committer.submit(new EnsureQueues(), List.of())); // it is connected
      network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
      Task made =
          StoreBench.get(committer.submit(creation, List.of(store.named("x", 5)))).get(0).task();
      assertThat(network.hasCut()).isTrue();
      assertThat(made.taskId()).isEqualTo("x");
      assertThat(made.state()).as("as it was created").isEqualTo(TaskState.QUEUED);
      assertThat(made.createTime()).isEqualTo(store.read("x").createTime());
      assertThat(started).extracting(Task::taskId).containsExactly("x");
      assertThat(store.count("task_lease")).isOne();
    }
  }

  @Test
  void an_answer_that_was_lost_is_the_one_that_is_kept() throws IOException {
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        GroupCommitter committer = new GroupCommitter(network.database(), Thread::new, () -> {})) {
      StoreBench.get(committer.submit(new EnsureQueues(), List.of())); // it is connected
      network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
      Answer<List<Creation>> answer =
          StoreBench.get(
              committer.submit(creation, List.of(store.named("x", 5)), request("r1", "body")));
      assertThat(network.hasCut()).isTrue();
      assertThat(isStored(answer)).isFalse();
      assertThat(started).extracting(Task::taskId).containsExactly("x");
      assertThat(told(create("r1", store.named("x", 5)))).isEqualTo(told(answer));
      assertThat(store.count("task_lease")).isOne();
    }
  }

  @Test
  void a_repetition_whose_answer_was_lost_gets_it_and_loses_no_claim() throws IOException {
    Answer<List<Creation>> first =
        StoreBench.get(
            store.committer.submit(
                store.creation, List.of(store.named("x", 5)), request("r1", "body")));
    try (CuttingProxy network = new CuttingProxy(Postgres.port());
        GroupCommitter committer = new GroupCommitter(network.database(), Thread::new, () -> {})) {
      StoreBench.get(committer.submit(new EnsureQueues(), List.of())); // it is connected
      network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
      Answer<List<Creation>> again =
          StoreBench.get(
              committer.submit(creation, List.of(store.named("x", 5)), request("r1", "body")));
      assertThat(network.hasCut()).isTrue();
      assertThat(told(again)).isEqualTo(told(first));
      assertThat(started).extracting(Task::taskId).containsExactly("x");
    }
  }
}
