package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.tasklane.client.Created;
import io.tasklane.client.TaskFailedException;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.client.Violation;
import io.tasklane.client.WaitTimeoutException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Failure;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Creates, waits and cancels. */
final class TaskChecks {
  static final String FETCHER = "DATA_FETCHER";
  private final Caller caller;

  TaskChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.ofEntries(
        Map.entry("create.wait", TaskChecks::creates),
        Map.entry("create.failure", TaskChecks::fails),
        Map.entry("create.options", TaskChecks::options),
        Map.entry("create.existing", TaskChecks::existing),
        Map.entry("create.many", TaskChecks::many),
        Map.entry("create.refused", this::refused),
        Map.entry("create.large", TaskChecks::large),
        Map.entry("create.bytes", TaskChecks::bytes),
        Map.entry("create.nan", TaskChecks::nan),
        Map.entry("create.cut", this::cut),
        Map.entry("create.bounded", this::bounded),
        Map.entry("create.back", this::back),
        Map.entry("wait.timeout", TaskChecks::waitTimeout),
        Map.entry("wait.cut", this::waitCut),
        Map.entry("watch.task", TaskChecks::watch),
        Map.entry("cancel.task", TaskChecks::cancel));
  }

  private static void creates(TasklaneClient client) {
    JsonObject result =
        client.run(FETCHER, "system.echo", Map.of("symbol", "AAPL"), JsonObject.class);
    assertThat(result.get("symbol").getAsString()).isEqualTo("AAPL");
  }

  private static void fails(TasklaneClient client) {
    Map<String, Object> input = Map.of("code", "NO_SUCH_SYMBOL", "retryable", false);
    TaskFailedException error =
        catchThrowableOfType(
            TaskFailedException.class,
            () -> client.run(FETCHER, "system.fail", input, JsonObject.class));
    Failure failure = error.task().getFailure();
    assertThat(failure.getCode()).isEqualTo("NO_SUCH_SYMBOL");
    assertThat(failure.getKind()).isEqualTo(Failure.Kind.KIND_PERMANENT);
    assertThat(error).hasMessageContaining("NO_SUCH_SYMBOL");
  }

  private static void options(TasklaneClient client) throws Exception {
    Task.Builder asked =
        client
            .task(FETCHER, "system.noop", null)
            .setPriority(8)
            .setOrderingKey(run())
            .putLabels("desk", "rates")
            .setRunAfterTime(Timestamps.parse("2199-01-02T03:04:05.678Z"))
            .setRetryPolicy(
                RetryPolicy.newBuilder()
                    .setMaximumAttempts(3)
                    .setInitialBackoff(Durations.fromMillis(1500)));
    Task task = client.get(client.create(asked).name());
    client.cancel(task.getName(), "");
    assertThat(task.getPriority()).isEqualTo(8);
    assertThat(task.getLabelsMap()).containsEntry("desk", "rates");
    assertThat(task.getOrderingKey()).isEqualTo(asked.getOrderingKey());
    assertThat(task.getRunAfterTime()).isEqualTo(asked.getRunAfterTime());
    assertThat(task.getRetryPolicy().getInitialBackoff()).isEqualTo(Durations.fromMillis(1500));
  }

  private static void existing(TasklaneClient client) {
    Task.Builder task = later(client).setDeduplicationKey(run());
    Created first = client.create(task);
    Created second = client.create(task);
    client.cancel(first.name(), "");
    assertThat(first.existing()).isFalse();
    assertThat(second).isEqualTo(new Created(first.name(), true));
  }

  private static void many(TasklaneClient client) {
    String run = run();
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "tasks/" + run + "." + i).toList();
    List<Task.Builder> tasks =
        names.stream()
            .map(name -> client.task(FETCHER, "system.noop", null).setName(name))
            .toList();
    assertThat(client.createAll(tasks)).extracting(Created::name).isEqualTo(names);
  }

  private void refused(TasklaneClient client) {
    String run = run();
    List<Task.Builder> tasks =
        Stream.of(FETCHER, "NO_SUCH_QUEUE", FETCHER)
            .map(queue -> client.task(queue, "system.noop", null).putLabels("run", run))
            .toList();
    TasklaneException error =
        catchThrowableOfType(TasklaneException.class, () -> client.createAll(tasks));
    assertThat(error.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(error.reason()).isEqualTo("QUEUE_UNKNOWN");
    assertThat(error.violations())
        .extracting(Violation::field)
        .containsExactly("request.task.queue");
    assertThat(error.violations().get(0).description()).contains("NO_SUCH_QUEUE");
    assertThat(caller.count(run)).isEqualTo(2);
  }

  private static void large(TasklaneClient client) {
    Map<String, String> large = Map.of("text", "\u00e9".repeat(200_000));
    Created created = client.create(FETCHER, "system.echo", large);
    assertThat(client.get(created.name()).getInput().getReference().getSizeBytes())
        .isEqualTo(400_011);
    JsonObject result = client.result(created.name(), JsonObject.class);
    assertThat(result.get("text").getAsString()).isEqualTo(large.get("text"));
  }

  private static void bytes(TasklaneClient client) {
    byte[] bytes = new byte[256];
    IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
    assertThat(client.run(FETCHER, "system.echo", bytes, byte[].class)).isEqualTo(bytes);
  }

  private static void nan(TasklaneClient client) {
    assertThatThrownBy(() -> client.create(FETCHER, "system.echo", Map.of("price", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void cut(TasklaneClient client) {
    String run = run();
    Task.Builder task = client.task(FETCHER, "system.noop", null).putLabels("run", run);
    List<Task.Builder> tasks = new ArrayList<>(Collections.nCopies(1500, task));
    CompletableFuture<List<Created>> creating =
        CompletableFuture.supplyAsync(() -> client.createAll(tasks));
    for (int cuts = 0; cuts < 5; cuts++) {
      caller.cut();
      Caller.pause(100);
    }
    assertThat(creating.join()).extracting(Created::name).doesNotHaveDuplicates().hasSize(1500);
    assertThat(caller.count(run)).isEqualTo(1500);
  }

  private void bounded(TasklaneClient other) {
    try (TasklaneClient client = TasklaneClient.connect(caller.address(), Duration.ofSeconds(1))) {
      client.run(FETCHER, "system.noop", null, JsonObject.class);
      caller.down();
      long start = System.nanoTime();
      TasklaneException error =
          catchThrowableOfType(
              TasklaneException.class, () -> client.create(FETCHER, "system.noop", null));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(error.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(took).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    } finally {
      caller.up();
    }
  }

  private void back(TasklaneClient client) throws InterruptedException {
    caller.down();
    Thread back = Caller.after(1_500, caller::up);
    Created created = client.create(FETCHER, "system.noop", null);
    back.join();
    client.await(created.name());
  }

  private static void waitTimeout(TasklaneClient client) {
    String name = client.create(later(client)).name();
    long start = System.nanoTime();
    assertThatThrownBy(() -> client.await(name, Duration.ofMillis(500)))
        .isInstanceOf(WaitTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
    assertThat(client.get(name).hasEndTime()).isFalse();
    client.cancel(name, "");
  }

  private void waitCut(TasklaneClient client) throws InterruptedException {
    Created created = client.create(FETCHER, "system.sleep", Map.of("millis", 800));
    Thread cut = Caller.after(300, caller::cut);
    assertThat(client.await(created.name()).getState()).isEqualTo(State.STATE_SUCCEEDED);
    cut.join();
  }

  private static void watch(TasklaneClient client) {
    Created created = client.create(FETCHER, "system.sleep", Map.of("millis", 300));
    List<State> states = new ArrayList<>();
    client.watch(created.name(), task -> states.add(task.getState()));
    assertThat(states.stream().distinct().toList())
        .endsWith(State.STATE_RUNNING, State.STATE_SUCCEEDED);
  }

  private static void cancel(TasklaneClient client) {
    Task task = client.cancel(client.create(later(client)).name(), "not needed");
    assertThat(task.getState()).isEqualTo(State.STATE_CANCELLED);
    assertThat(task.getCancelActor().getReason()).isEqualTo("not needed");
  }

  static Task.Builder later(TasklaneClient client) {
    long tomorrow = System.currentTimeMillis() + 86_400_000;
    return client
        .task(FETCHER, "system.noop", null)
        .setRunAfterTime(Timestamps.fromMillis(tomorrow));
  }

  static String run() {
    return UUID.randomUUID().toString();
  }
}
