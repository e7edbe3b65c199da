package io.tasklane.grpc.quick;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Payload;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import java.util.List;

/** Creations that keep the rules. */
final class Requests {
  private Requests() {}

  /** One that sets every field that a client may set. */
  static CreateTaskRequest whole() {
    Task.Builder task =
        noop()
            .setPriority(7)
            .setInput(json("{\"symbols\": [\"AAPL\"]}"))
            .setOrderingKey("account 17")
            .addDependencies(
                Dependency.newBuilder()
                    .setTask("tasks/fetch-1")
                    .setPolicy(Dependency.Policy.POLICY_ON_END)
                    .setInputKey("news"))
            .setRunAfterTime(Timestamps.fromSeconds(1_795_000_000))
            .setExpireTime(Timestamps.fromSeconds(1_795_100_000))
            .setRetryPolicy(retries())
            .setTimeouts(limits())
            .setResultTtl(Durations.fromHours(48))
            .setPreemptible(true)
            .setDeduplicationKey("2026-11-23/AAPL")
            .putLabels("desk", "us")
            .putResourceUnits("ai-turns", 3);
    return CreateTaskRequest.newBuilder().setTaskId("fetch-2").setTask(task).build();
  }

  static StreamCreateTasksRequest element(CreateTaskRequest request) {
    return StreamCreateTasksRequest.newBuilder().setSequence(9).setRequest(request).build();
  }

  static BatchCreateTasksRequest batch(CreateTaskRequest request) {
    return BatchCreateTasksRequest.newBuilder()
        .setRequestId("batch-1")
        .addRequests(request)
        .addRequests(request.toBuilder().clearTaskId())
        .build();
  }

  /** As the README, the demo and the bench send them. */
  static List<Message> everyday() {
    CreateTaskRequest noop = CreateTaskRequest.newBuilder().setTask(noop()).build();
    CreateTaskRequest fetch =
        CreateTaskRequest.newBuilder()
            .setRequestId("3f0e4a52-4c1e-4b0b-9a39-5b5f0f3a3b7e")
            .setTaskId("news")
            .setTask(
                Task.newBuilder()
                    .setQueue("queues/DATA_FETCHER")
                    .setTaskType("news_monitoring")
                    .setPriority(7)
                    .setInput(json("{\"symbols\": [\"AAPL\"]}"))
                    .putLabels("run", "demo"))
            .build();
    CreateTaskRequest prep =
        CreateTaskRequest.newBuilder()
            .setTask(
                Task.newBuilder()
                    .setQueue("queues/AI_ANALYSIS")
                    .setTaskType("claude_morning_prep")
                    .addDependencies(
                        Dependency.newBuilder().setTask("tasks/news").setInputKey("news")))
            .build();
    return List.of(
        noop,
        fetch,
        prep,
        whole(),
        whole().toBuilder().setRequestId("create 1").build(),
        whole().toBuilder().setValidateOnly(true).build(),
        element(noop),
        element(fetch),
        element(whole()),
        batch(noop),
        batch(prep),
        batch(whole()));
  }

  private static Task.Builder noop() {
    return Task.newBuilder().setQueue("queues/PORTFOLIO_SYNC").setTaskType("system.noop");
  }

  private static Payload json(String text) {
    return Payload.newBuilder()
        .setContentType("application/json")
        .setInline(ByteString.copyFromUtf8(text))
        .build();
  }

  private static RetryPolicy retries() {
    return RetryPolicy.newBuilder()
        .setMaximumAttempts(5)
        .setInitialBackoff(Durations.fromMillis(200))
        .setBackoffMultiplier(2.0)
        .setMaximumBackoff(Durations.fromHours(1))
        .setJitter(0.1)
        .addPermanentErrorCodes("BROKER_ACCOUNT_CLOSED")
        .build();
  }

  private static Timeouts limits() {
    return Timeouts.newBuilder()
        .setQueueTimeout(Durations.fromHours(6))
        .setAttemptTimeout(Durations.fromSeconds(90))
        .setTotalTimeout(Durations.fromHours(1))
        .setCancelGrace(Durations.fromSeconds(5))
        .build();
  }
}
