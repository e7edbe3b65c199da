package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.task.row.NewTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that is sent again is not made again. */
class RequestIdTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_same_request_gets_the_first_answer_byte_for_byte() {
    Answer<List<Creation>> first = StoreBench.get(send(store.committer, "r1", "body"));
    Answer<List<Creation>> again = StoreBench.get(send(store.committer, "r1", "body"));
    assertThat(bytes(again)).isEqualTo(answerTo(((Answer.Fresh<List<Creation>>) first).value()));
    assertThat(store.count("task")).isOne();
  }

  @Test
  void another_body_under_the_same_id_is_refused() {
    StoreBench.get(send(store.committer, "r1", "body"));
    refusesReuse(() -> StoreBench.get(send(store.committer, "r1", "other body")));
    assertThat(store.count("task")).isOne();
  }

  @Test
  void twins_of_one_batch_are_one_request() {
    List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(send(store.committer, "r1", "body"));
          replies.add(send(store.committer, "r1", "body"));
          replies.add(send(store.committer, "r1", "other body"));
        });
    List<Creation> made = ((Answer.Fresh<List<Creation>>) StoreBench.get(replies.get(0))).value();
    assertThat(bytes(StoreBench.get(replies.get(1)))).isEqualTo(answerTo(made));
    refusesReuse(() -> StoreBench.get(replies.get(2)));
    assertThat(store.count("task")).isOne();
  }

  @Test
  void twins_at_two_nodes_are_one_request() {
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      for (int round = 0; round < 20; round++) {
        String id = "r" + round;
        List<CompletableFuture<Answer<List<Creation>>>> replies = new ArrayList<>();
        Gate.oneBatch(
            store.committer,
            () ->
                Gate.oneBatch(
                    other,
                    () -> {
                      replies.add(send(store.committer, id, "body"));
                      replies.add(send(other, id, "body"));
                    }));
        long fresh =
            replies.stream().map(StoreBench::get).filter(Answer.Fresh.class::isInstance).count();
        assertThat(fresh).isOne();
        assertThat(store.count("task")).isEqualTo(round + 1L);
      }
    }
  }

  @Test
  void the_answer_outlives_the_node_that_gave_it() {
    Answer<List<Creation>> first = StoreBench.get(send(store.committer, "r1", "body"));
    store.committer.close();
    try (GroupCommitter restarted = new GroupCommitter(store.database, Thread::new, () -> {})) {
      assertThat(bytes(StoreBench.get(send(restarted, "r1", "body"))))
          .isEqualTo(answerTo(((Answer.Fresh<List<Creation>>) first).value()));
      refusesReuse(() -> StoreBench.get(send(restarted, "r1", "other body")));
    }
    assertThat(store.count("task")).isOne();
  }

  @Test
  void ids_of_other_callers_and_other_methods_are_other_requests() {
    StoreBench.get(send(store.committer, "r1", "body"));
    Change<List<Creation>> elsewhere =
        new Change<>(
            new Caller("bob", ""), "Create", Optional.of("r1"), hash("x"), RequestIdTest::answerTo);
    Change<List<Creation>> otherwise =
        new Change<>(
            new Caller("alice", ""),
            "Other",
            Optional.of("r1"),
            hash("x"),
            RequestIdTest::answerTo);
    List<NewTask> task = List.of(store.task(5));
    StoreBench.get(store.committer.submit(store.creation, task, elsewhere));
    StoreBench.get(store.committer.submit(store.creation, List.of(store.task(5)), otherwise));
    assertThat(store.count("task")).isEqualTo(3);
  }

  private CompletableFuture<Answer<List<Creation>>> send(
      GroupCommitter committer, String requestId, String body) {
    Change<List<Creation>> change =
        new Change<>(
            new Caller("alice", ""),
            "Create",
            Optional.of(requestId),
            hash(body),
            RequestIdTest::answerTo);
    return committer.submit(store.creation, List.of(store.task(5)), change);
  }

  private static byte[] answerTo(List<Creation> created) {
    return ("made " + created.get(0).task().taskId()).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hash(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Answer<List<Creation>> answer) {
    assertThat(answer).isInstanceOf(Answer.Stored.class);
    return ((Answer.Stored<List<Creation>>) answer).bytes();
  }

  private static void refusesReuse(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo("REQUEST_ID_REUSED"));
  }
}
