package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.Artifact;
import io.tasklane.artifact.ArtifactBench;
import io.tasklane.artifact.ArtifactGoneException;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An artifact is kept as long as a task names it, to the commit, and not longer. */
class ArtifactUseTest {
  private static final int ROUNDS = Integer.getInteger("tasklane.rounds.artifacts", 40);
  @TempDir Path folder;
  private final StoreBench store = new StoreBench();
  private final Ownership owner = store.take("n1", 1).orElseThrow();
  private ArtifactBench shelf;

  @BeforeEach
  void openShelf() {
    shelf = new ArtifactBench(store.database, store.committer, folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_comes_back_with_the_reference_it_was_given() {
    ArtifactReference kept = shelf.keep("abc").reference();
    Task task = store.create(naming(kept));
    assertThat(store.read(task.taskId()).input().reference()).contains(kept);
    assertThat(store.claim(owner).claimed().orElseThrow().input().reference()).contains(kept);
  }

  @Test
  void a_task_that_names_what_is_not_there_is_refused_and_its_neighbours_are_not() {
    ArtifactReference kept = shelf.keep("abc").reference();
    ArtifactReference other = new ArtifactReference(kept.sha256(), 4, "text/plain");
    CompletableFuture<List<Creation>> wrong =
        store.committer.submit(store.creation, List.of(store.task(5), naming(other)));
    CompletableFuture<List<Creation>> right =
        store.committer.submit(store.creation, List.of(naming(kept)));
    refused("ARTIFACT_UNKNOWN", () -> StoreBench.get(wrong));
    assertThat(StoreBench.get(right)).hasSize(1);
    assertThat(store.count("task")).isOne();
    assertThat(store.count("artifact_use")).isOne();
  }

  @Test
  void an_artifact_that_a_task_names_is_neither_deleted_nor_expires() {
    Artifact artifact = shelf.keep("abc");
    Task task = store.create(naming(artifact.reference()));
    assertThatThrownBy(() -> shelf.delete(artifact))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.FAILED_PRECONDITION);
              assertThat(refusal.reason().name()).isEqualTo("ARTIFACT_IN_USE");
              assertThat(refusal).hasMessageContaining(task.name());
            });
    expireAll();
    assertThat(shelf.cleaning.removeExpired(10)).isOne();
    assertThat(shelf.cleaning.removeExpired(10)).as("looked at again later").isZero();
    assertThat(shelf.read(artifact.reference().sha256(), 0)).asString().isEqualTo("abc");
  }

  @Test
  void an_artifact_goes_with_the_last_task_that_names_it() {
    Artifact artifact = shelf.keep("abc");
    Task first = store.create(naming(artifact.reference()));
    Task second = store.create(naming(artifact.reference()));
    remove(first);
    refused("ARTIFACT_IN_USE", () -> shelf.delete(artifact));
    remove(second);
    expireAll();
    shelf.cleaning.removeExpired(10);
    assertThat(store.count("artifact")).isZero();
    assertThat(store.count("artifact_use")).isZero();
    assertThat(shelf.files()).isEmpty();
  }

  @Test
  void what_no_task_names_expires_and_not_before() {
    shelf.keep("abc");
    assertThat(shelf.cleaning.removeExpired(10)).isZero();
    assertThat(store.count("artifact")).isOne();
    expireAll();
    assertThat(shelf.cleaning.removeExpired(10)).isOne();
    assertThat(store.count("artifact")).isZero();
    assertThat(shelf.files()).isEmpty();
  }

  @Test
  void a_limit_is_kept_and_calling_again_goes_on() {
    for (int i = 0; i < 5; i++) {
      shelf.keep("artifact " + i);
    }
    expireAll();
    assertThat(shelf.cleaning.removeExpired(2)).isEqualTo(2);
    assertThat(store.count("artifact")).isEqualTo(3);
    assertThat(shelf.cleaning.removeExpired(2)).isEqualTo(2);
    shelf.cleaning.removeAllExpired();
    assertThat(shelf.files()).isEmpty();
  }

  @Test
  void a_result_by_reference_is_kept_as_long_as_the_result() {
    Artifact artifact = shelf.keep("abc");
    Task run = claimed();
    Payload result = Payload.reference(artifact.reference());
    store.complete(owner, run, new RunEnd.Succeeded(result, List.of()), false);
    assertThat(store.read(run.taskId()).result()).contains(result);
    refused("ARTIFACT_IN_USE", () -> shelf.delete(artifact));
    Postgres.run(store.database, "UPDATE task SET result = NULL, result_type = NULL");
    shelf.delete(artifact);
    assertThat(store.count("artifact_use")).isZero();
  }

  @Test
  void a_result_of_an_attempt_that_is_tried_again_names_nothing() {
    Artifact artifact = shelf.keep("abc");
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    Payload partial = Payload.reference(artifact.reference());
    store.complete(
        owner,
        claimed(),
        new RunEnd.Failed(failure, Optional.empty(), Optional.of(partial)),
        false);
    assertThat(store.count("artifact_use")).isZero();
  }

  @Test
  void a_result_that_names_what_is_not_there_is_not_taken() {
    Task run = claimed();
    ArtifactReference gone = new ArtifactReference("0".repeat(64), 3, "text/plain");
    RunEnd end = new RunEnd.Succeeded(Payload.reference(gone), List.of());
    assertThatThrownBy(() -> store.complete(owner, run, end, false))
        .isInstanceOf(ArtifactGoneException.class);
    assertThat(store.read(run.taskId()).state().name()).isEqualTo("RUNNING");
  }

  @Test
  void a_clean_up_and_a_task_that_names_the_artifact_never_overlook_each_other() {
    int refused = 0;
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      ArtifactBench elsewhere = new ArtifactBench(store.database, other, folder);
      for (int i = 0; i < ROUNDS; i++) {
        Artifact artifact = shelf.keep("round " + i);
        expireAll();
        CompletableFuture<Integer> cleaned =
            i == 1
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.supplyAsync(() -> elsewhere.cleaning.removeExpired(100));
        if (i == 0) {
          cleaned.join(); // once in this order and once in the other, whatever the timing
        }
        boolean created = isCreated(naming(artifact.reference()));
        cleaned.join();
        refused += created ? 0 : 1;
        String hash = artifact.reference().sha256();
        assertThat(
                Postgres.number(
                    store.database, "SELECT count(*) FROM artifact WHERE sha256 = '" + hash + "'"))
            .as("round %s: a task that was created has its artifact", i)
            .isEqualTo(created ? 1 : 0);
        if (created) {
          assertThat(shelf.read(hash, 0)).asString().isEqualTo("round " + i);
        }
      }
    }
    assertThat(refused).as("both orders have been seen").isBetween(1, ROUNDS - 1);
  }

  private boolean isCreated(NewTask task) {
    try {
      store.create(task);
      return true;
    } catch (Refusal refusal) {
      assertThat(refusal.reason().name()).isEqualTo("ARTIFACT_UNKNOWN");
      return false;
    }
  }

  private Task claimed() {
    store.create(store.task(5));
    return store.claim(owner).claimed().orElseThrow();
  }

  private NewTask naming(ArtifactReference artifact) {
    NewTask task = store.task(5);
    return NewTasks.of(
        task.taskId(),
        task.chosenName(),
        task.queue().value(),
        task.queueId(),
        task.spec().taskType(),
        Payload.reference(artifact),
        task.priority(),
        task.spec().retryPolicy(),
        task.spec().timeouts().attempt(),
        task.spec().resultTtl(),
        task.spec().labels(),
        task.start(),
        task.deduplicationKey(),
        task.principal(),
        task.path());
  }

  private void remove(Task task) {
    Postgres.run(
        store.database,
        "DELETE FROM task_ready WHERE task = "
            + task.id()
            + "; DELETE FROM task WHERE id = "
            + task.id());
  }

  private void expireAll() {
    Postgres.run(store.database, "UPDATE artifact SET expire_time = clock_timestamp()");
  }

  private static void refused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason().name()).isEqualTo(reason));
  }
}
