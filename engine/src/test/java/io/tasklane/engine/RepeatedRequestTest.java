package io.tasklane.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.service.TaskService;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repeated request gets its answer, also where it could not be made any more. */
class RepeatedRequestTest {
  private EngineBench bench;
  private TaskService desk;

  @BeforeEach
  void stand(@TempDir Path folder) {
    bench =
        new EngineBench(
            folder, run -> Payload.json("{}"), EngineBench.queue("Q", QueuePolicy.STANDARD));
    desk = bench.engine.services().get(TaskService.class);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static Change<Creation> change(String requestId, String body) {
    return new Change<>(
        new Caller("alice", ""),
        "Create",
        Optional.of(requestId).filter(id -> !id.isEmpty()),
        body.getBytes(UTF_8),
        creation -> creation.task().taskId().getBytes(UTF_8));
  }

  private static <T> Answer<T> get(java.util.concurrent.CompletionStage<Answer<T>> stage) {
    return stage.toCompletableFuture().join();
  }

  /** The queue of this request existed when it was made, and was deleted since. */
  private static TaskRequest toQueueThatIsGone() {
    return EngineBench.request("GONE", "x");
  }

  @Test
  void the_queue_may_be_gone() {
    get(desk.submit(EngineBench.request("Q", "x"), change("r1", "body")));
    List<Answer<Creation>> again =
        List.of(
            get(desk.submit(toQueueThatIsGone(), change("r1", "body"))),
            get(desk.handIn(toQueueThatIsGone(), change("r1", "body"))));
    assertThat(again)
        .allSatisfy(
            answer ->
                assertThat(((Answer.Stored<Creation>) answer).bytes())
                    .isEqualTo("x".getBytes(UTF_8)));
  }

  @Test
  void what_was_never_made_is_refused() {
    get(desk.submit(EngineBench.request("Q", "x"), change("r1", "body")));
    for (Change<Creation> other :
        List.of(change("r1", "other body"), change("r2", "body"), change("", "body"))) {
      CompletableFuture<Answer<Creation>> answer =
          desk.submit(toQueueThatIsGone(), other).toCompletableFuture();
      assertThatThrownBy(answer::join)
          .cause()
          .isInstanceOfSatisfying(
              Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("QUEUE_UNKNOWN"));
    }
  }
}
