package io.tasklane.task;

import static io.tasklane.task.KeyedCreates.isStored;
import static io.tasklane.task.KeyedCreates.request;
import static io.tasklane.task.KeyedCreates.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.CuttingProxy;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.state.TaskState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of the connection, nothing is done twice and nobody is told wrong. */
class CutConnectionTest {
  private static final Runnable IDLE = () -> {};

  private final StoreBench store = new StoreBench();
  private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(IDLE);
  private CuttingProxy network;
  private GroupCommitter committer;

  @BeforeEach
  void stand() throws IOException {
    network = new CuttingProxy(Postgres.port());
    committer =
        new GroupCommitter(
            network.database(), Thread::new, () -> afterCommit.getAndSet(IDLE).run());
    create("warm"); // it is connected
  }

  @AfterEach
  void close() throws IOException {
    committer.close();
    network.close();
    store.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_commit_whose_answer_never_came_is_made_once_and_answered_as_made(CuttingProxy.Cut where) {
    network.cutNext(where);
    // the name is chosen: made twice, it would be refused as one that exists
    Task task = create("once");
    assertThat(network.hasCut()).isTrue();
    assertThat(store.read("once").id()).isEqualTo(task.id());
    assertThat(store.count("task_event WHERE subject = 'tasks/once'")).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT", "LATE"})
  void a_request_whose_answer_never_came_is_made_once_and_repeats_the_answer_that_came(
      CuttingProxy.Cut where) throws InterruptedException {
    network.cutNext(where);
    Answer<List<Creation>> answer = StoreBench.get(ask(committer, "once"));
    assertThat(network.hasCut()).isTrue();
    if (where == CuttingProxy.Cut.LATE) {
      network.letGo();
    }
    assertThat(isStored(answer)).isFalse();
    assertThat(told(StoreBench.get(ask(committer, "once")))).isEqualTo(told(answer));
    assertThat(told(StoreBench.get(ask(store.committer, "once")))).isEqualTo(told(answer));
    assertThat(store.count("task_event WHERE subject = 'tasks/once'")).isOne();
    assertThat(store.count("request_log")).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void so_are_requests_that_met(CuttingProxy.Cut where) {
    List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
    Gate.oneBatch(
        committer,
        () -> {
          replies.add(ask(committer, "first"));
          replies.add(ask(committer, "second"));
          replies.add(ask(committer, "first"));
          afterCommit.set(() -> network.cutNext(where)); // that of the gate passes
        });
    List<String> told = replies.stream().map(StoreBench::get).map(KeyedCreates::told).toList();
    assertThat(network.hasCut()).isTrue();
    assertThat(told.get(2)).isEqualTo(told.get(0));
    assertThat(told(StoreBench.get(ask(committer, "first")))).isEqualTo(told.get(0));
    assertThat(told(StoreBench.get(ask(committer, "second")))).isEqualTo(told.get(1));
    assertThat(store.count("task")).as("with that of the beginning").isEqualTo(3);
  }

  private CompletableFuture<Answer<List<Creation>>> ask(GroupCommitter writer, String name) {
    return writer.submit(store.creation, List.of(store.named(name, 5)), request(name, "body"));
  }

  @Test
  void signals_of_a_commit_whose_answer_was_lost_are_sent_all_the_same() {
    ConcurrentLinkedQueue<TaskKey> hinted = new ConcurrentLinkedQueue<>();
    CreateTasks creation =
        new CreateTasks(store.resolver, (queue, task, priority) -> hinted.add(task));
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
    Task task =
        StoreBench.get(committer.submit(creation, List.of(store.named("x", 5)))).get(0).task();
    assertThat(hinted).containsExactly(task.id());
  }

  @Test
  void a_create_whose_answer_was_lost_is_not_taken_for_one_of_the_same_name_before_it() {
    StoreBench.get(
        store.committer.submit(
            store.states,
            new SetQueueState.Request(
                store.queue, StoreBench.QUEUE, QueueState.DRAINING, new Actor("tester", "test"))));
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
    assertThatThrownBy(() -> create("warm")) // it exists, and the queue takes nothing
        .isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_claim_whose_answer_never_came_is_returned_all_the_same(CuttingProxy.Cut where) {
    Ownership owner = store.take("n1", 1).orElseThrow();
    network.cutNext(where);
    CompleteAndClaimResult result = complete(owner, Optional.empty());
    assertThat(network.hasCut()).isTrue();
    assertThat(result.claimed().orElseThrow().taskId()).isEqualTo("warm");
    assertThat(store.count("task_lease")).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_completion_whose_answer_never_came_completes_once_and_returns_what_it_claimed(
      CuttingProxy.Cut where) {
    create("next");
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = complete(owner, Optional.empty()).claimed().orElseThrow();
    network.cutNext(where);
    CompleteAndClaimResult result = complete(owner, Optional.of(run));
    assertThat(network.hasCut()).isTrue();
    assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
    assertThat(result.claimed().orElseThrow().taskId()).isEqualTo("next");
    assertThat(result.claimed().orElseThrow().attempt()).isOne();
    assertThat(store.count("task_attempt")).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = CuttingProxy.Cut.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void completions_that_met_and_were_never_answered_each_return_what_they_did(
      CuttingProxy.Cut where) {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 2");
    create("second");
    create("next");
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task first = complete(owner, Optional.empty()).claimed().orElseThrow();
    Task second = complete(owner, Optional.empty()).claimed().orElseThrow();
    List<CompletableFuture<CompleteAndClaimResult>> replies = new ArrayList<>();
    Gate.oneBatch(
        committer,
        () -> {
          replies.add(committer.handIn(store.completions, asked(owner, Optional.of(first))));
          replies.add(committer.handIn(store.completions, asked(owner, Optional.of(second))));
          afterCommit.set(() -> network.cutNext(where)); // that of the gate passes
        });
    List<CompleteAndClaimResult> results = replies.stream().map(StoreBench::get).toList();
    assertThat(network.hasCut()).isTrue();
    assertThat(results)
        .extracting(CompleteAndClaimResult::completion)
        .containsOnly(CompletionStatus.DONE);
    assertThat(results.stream().flatMap(t -> t.claimed().stream()).map(Task::taskId))
        .containsExactly("next");
    assertThat(store.count("task_attempt")).isEqualTo(2);
    assertThat(store.count("task_lease")).isOne();
  }

  @Test
  void what_was_given_up_as_lost_does_nothing_when_it_arrives_late() throws InterruptedException {
    create("next");
    Ownership owner = store.take("n1", 1).orElseThrow();
    network.cutNext(CuttingProxy.Cut.LATE);
    Task run = complete(owner, Optional.empty()).claimed().orElseThrow();
    store.complete(owner, run, StoreBench.succeeded(), false); // "next" could be claimed now
    network.letGo();
    assertThat(store.count("task_lease")).isZero();
    assertThat(store.read("next").state()).isEqualTo(TaskState.QUEUED);
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT); // and the mark is still good
    assertThat(complete(owner, Optional.empty()).claimed().orElseThrow().taskId())
        .isEqualTo("next");
  }

  private CompleteAndClaimResult complete(Ownership owner, Optional<Task> ended) {
    return StoreBench.get(committer.submit(store.completions, asked(owner, ended)));
  }

  private static CompleteAndClaim asked(Ownership owner, Optional<Task> ended) {
    Optional<CompleteAndClaim.Completion> completion =
        ended.map(
            run ->
                CompleteAndClaim.Completion.of(
                    run,
                    RunCompletion.of(
                        StoreBench.succeeded(), run.retryPolicy(), run.attempt(), new Random(1)),
                    List.of(),
                    "a line"));
    return new CompleteAndClaim(owner, completion, true);
  }

  @Test
  void a_backend_that_is_killed_again_and_again_loses_and_doubles_nothing() {
    List<CompletableFuture<Boolean>> threads =
        IntStream.range(0, 4)
            .mapToObj(t -> CompletableFuture.supplyAsync(() -> create25("t" + t + "-")))
            .toList();
    long kills = 0;
    while (kills < 15 && threads.stream().anyMatch(t -> !t.isDone())) {
      kills +=
          Postgres.number(
              store.database,
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                  + " WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()");
    }
    threads.forEach(StoreBench::get);
    assertThat(kills).isPositive();
    assertThat(store.count("task")).isEqualTo(101);
    assertThat(store.count("task_event WHERE kind = 1")).isEqualTo(101);
    assertThat(store.count("task_ready")).isEqualTo(101);
  }

  private boolean create25(String prefix) {
    for (int i = 0; i < 25; i++) {
      createUntilItIsThere(prefix + i);
    }
    return true;
  }

  /** As a client does; what was made although it was refused would now exist already. */
  private void createUntilItIsThere(String name) {
    while (true) {
      try {
        committer.submit(store.creation, List.of(store.named(name, 5))).join();
        return;
      } catch (CompletionException failed) {
        assertThat(failed.getCause()).hasMessageContaining("could not be made durable");
      }
    }
  }

  private Task create(String name) {
    return StoreBench.get(committer.submit(store.creation, List.of(store.named(name, 5))))
        .get(0)
        .task();
  }
}
