package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tasklane.api.Answer;
import io.tasklane.api.Refusal;
import io.tasklane.explain.Blocker;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.task.state.TaskState;
import io.tasklane.tasktype.StoredType;
import io.tasklane.tasktype.TaskTypeService;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task type is known from its first registration on, whether anything serves it or not. */
class StoredTypesTest {
  private static final String QUEUE = "Q";
  private static final TaskType WHOLE =
      TaskType.named("news")
          .acceptedBy(QUEUE)
          .describedAs("Looks at the news.")
          .withInputSchema("{\"type\":\"object\",\"required\":[\"symbol\"]}")
          .withRetryPolicy(
              new RetryPolicy(
                  7, Duration.ofMillis(30), 3.0, Duration.ofHours(2), 0.25, List.of("A_CODE")))
          .withTimeouts(
              new RequestedTimeouts(
                  Optional.of(Duration.ofSeconds(61)),
                  Optional.of(Duration.ofSeconds(62)),
                  Optional.of(Duration.ofSeconds(63)),
                  Optional.of(Duration.ofSeconds(4))));

  @TempDir Path folder;

  private static EngineBench node(Path folder) {
    return new EngineBench(
        folder, run -> Payload.json("{}"), EngineBench.queue(QUEUE, QueuePolicy.STANDARD));
  }

  private static TaskTypeService types(EngineBench node) {
    return node.engine.services().get(TaskTypeService.class);
  }

  private static StoredType register(EngineBench node, TaskType type, long revision) {
    return fresh(
        types(node).register(type, revision, EngineBench.change()).toCompletableFuture().join());
  }

  private static <T> T fresh(Answer<T> answer) {
    return ((Answer.Fresh<T>) answer).value();
  }

  private static TaskRequest request(String taskId, String type, String input) {
    return TaskRequest.of(QUEUE, type, Payload.json(input)).withTaskId(taskId);
  }

  private static String reason(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return ((Refusal) cause).reason().name();
  }

  @Test
  void a_registered_type_keeps_all_that_it_states() {
    try (EngineBench node = node(folder)) {
      StoredType stored = register(node, WHOLE, 5);
      assertThat(stored.type()).isEqualTo(WHOLE);
      assertThat(stored.revision()).isEqualTo(5);
      assertThat(types(node).get("news")).isEqualTo(stored);
    }
  }

  @Test
  void a_task_of_a_type_that_nothing_serves_is_accepted_and_waits() throws Exception {
    try (EngineBench node = node(folder)) {
      assertThat(reason(() -> node.create(request("a", "news", "{\"symbol\":1}"))))
          .isEqualTo("TASK_TYPE_UNKNOWN");
      register(node, WHOLE, 1);
      node.create(request("a", "news", "{\"symbol\":1}"));
      Task task = node.read("a");
      assertThat(task.timeouts().attempt()).isEqualTo(Duration.ofSeconds(61));
      assertThat(task.retryPolicy().maximumAttempts()).isEqualTo(7);
      assertThat(reason(() -> node.create(request("b", "news", "{}")))).isEqualTo("INPUT_SCHEMA");
      node.create(EngineBench.request(QUEUE, "c"));
      node.await("c", TaskState.SUCCEEDED);
      assertThat(node.read("a").state()).as("nobody executes it").isEqualTo(TaskState.QUEUED);
      assertThat(node.engine.services().get(ExplainService.class).explain("a").blockers())
          .containsExactly(new Blocker.NoWorker("news", Optional.empty()));
    }
  }

  @Test
  void a_later_revision_holds_for_the_tasks_that_are_created_after_it() throws Exception {
    try (EngineBench node = node(folder)) {
      register(node, WHOLE, 1);
      node.create(request("a", "news", "{\"symbol\":1}"));
      TaskType open = WHOLE.withInputSchema("");
      assertThat(reason(() -> register(node, open, 1))).isEqualTo("TASK_TYPE_DIFFERS");
      register(node, open, 2);
      Until.isTrue(
          "it holds within a second",
          () -> catchThrowable(() -> node.create(request("b", "news", "{}"))) == null);
    }
  }

  @Test
  void the_types_of_handlers_are_registered_at_the_start_and_are_theirs_alone() {
    try (EngineBench node = node(folder)) {
      assertThat(types(node).get(EngineBench.TYPE).revision()).isEqualTo(1);
      assertThat(types(node).isBuiltIn(EngineBench.TYPE)).isTrue();
      TaskType other = TaskType.named(EngineBench.TYPE).describedAs("Another one.");
      assertThat(reason(() -> register(node, other, 9))).isEqualTo("TASK_TYPE_BUILT_IN");
      assertThat(reason(() -> delete(node, EngineBench.TYPE))).isEqualTo("TASK_TYPE_BUILT_IN");
    }
  }

  @Test
  void a_type_is_deleted_only_when_no_unfinished_task_has_it() throws Exception {
    try (EngineBench node = node(folder)) {
      register(node, WHOLE, 1);
      node.create(request("a", "news", "{\"symbol\":1}"));
      assertThat(reason(() -> delete(node, "news"))).isEqualTo("TASK_TYPE_IN_USE");
      node.cancel("a");
      node.await("a", TaskState.CANCELLED);
      delete(node, "news");
      assertThat(reason(() -> delete(node, "news"))).isEqualTo("TASK_TYPE_NOT_FOUND");
      assertThat(reason(() -> types(node).get("news"))).isEqualTo("TASK_TYPE_NOT_FOUND");
    }
  }

  private static void delete(EngineBench node, String name) {
    types(node).delete(name, EngineBench.change()).toCompletableFuture().join();
  }

  @Test
  void a_schema_that_is_none_or_is_elsewhere_is_refused() {
    try (EngineBench node = node(folder)) {
      for (String schema :
          List.of("{", "7", "\"x\"", "{\"$ref\":\"http://127.0.0.1:1/schema.json\"}")) {
        assertThat(reason(() -> register(node, WHOLE.withInputSchema(schema), 1)))
            .as(schema)
            .isEqualTo("INPUT_SCHEMA");
      }
      register(node, WHOLE.withInputSchema("false"), 1);
    }
  }
}
