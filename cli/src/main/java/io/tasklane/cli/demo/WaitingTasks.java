package io.tasklane.cli.demo;

import com.google.protobuf.ByteString;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tasks that wait in the three queues before a workflow runs the queues. Those of the last queue
 * are created first, so that only the workflow can put the queues in order.
 */
final class WaitingTasks {
  /** In the order in which the sequential mode runs them. */
  private static final List<String> QUEUES =
      List.of("PORTFOLIO_SYNC", "DATA_FETCHER", "AI_ANALYSIS");

  private final Connection connection;
  private final TaskCalls calls;
  private List<Task> created = List.of();

  WaitingTasks(Connection connection) {
    this.connection = connection;
    this.calls = new TaskCalls(connection);
  }

  /**
   * Pauses the queues and creates the tasks.
   *
   * @throws CommandFailure if something waits there already, which the workflow would run too
   */
  void create() {
    for (String queue : QUEUES) {
      requireEmpty(queue);
      connection
          .service(QueueServiceGrpc::newBlockingStub)
          .pauseQueue(
              PauseQueueRequest.newBuilder()
                  .setRequestId(UUID.randomUUID().toString())
                  .setName(QueueName.of(queue))
                  .setReason("the demo puts tasks into it")
                  .build());
    }
    created = calls.create(tasks());
  }

  private void requireEmpty(String queue) {
    ListTasksRequest waiting =
        ListTasksRequest.newBuilder()
            .setFilter("queue = \"" + QueueName.of(queue) + "\" AND state = QUEUED")
            .setPageSize(1)
            .build();
    if (connection.service(TaskServiceGrpc::newBlockingStub).listTasks(waiting).getTasksCount()
        > 0) {
      throw new CommandFailure(
          ExitCode.ERROR,
          QueueName.of(queue)
              + " has tasks that wait: this mode would run them too; use it on a server without, or"
              + " leave --server out");
    }
  }

  private static List<Task> tasks() {
    return List.of(
        task("AI_ANALYSIS", "claude_morning_prep", 9, "{\"symbols\":[\"MSFT\"]}"),
        task("AI_ANALYSIS", "claude_morning_prep", 9, "{\"symbols\":[\"AAPL\"]}"),
        task("DATA_FETCHER", "news_monitoring", 5, "{\"symbols\":[\"MSFT\"]}"),
        task("DATA_FETCHER", "news_monitoring", 7, "{\"symbols\":[\"AAPL\"]}"),
        task("PORTFOLIO_SYNC", "update_positions", 9, "{}"),
        task("PORTFOLIO_SYNC", "sync_account_balances", 10, "{}"));
  }

  private static Task task(String queue, String type, int priority, String input) {
    return Task.newBuilder()
        .setQueue(QueueName.of(queue))
        .setTaskType(type)
        .setPriority(priority)
        .setInput(
            Payload.newBuilder()
                .setContentType("application/json")
                .setInline(ByteString.copyFromUtf8(input)))
        .putLabels("run", "demo")
        .build();
  }

  /** Lets the queues start tasks again. */
  void resume() {
    for (String queue : QUEUES) {
      connection
          .service(QueueServiceGrpc::newBlockingStub)
          .resumeQueue(
              ResumeQueueRequest.newBuilder()
                  .setRequestId(UUID.randomUUID().toString())
                  .setName(QueueName.of(queue))
                  .build());
    }
  }

  /** When the tasks of a queue ran: from the first start to the last end. */
  List<QueueSpan> spans() {
    List<Task> ended = created.stream().map(task -> calls.get(task.getName())).toList();
    return QUEUES.stream().map(queue -> QueueSpan.of(queue, ended)).toList();
  }

  /**
   * When a queue was busy with the tasks.
   *
   * @param queue short name
   * @param tasks how many have run
   * @param begin of the first run
   * @param end of the last run
   */
  record QueueSpan(String queue, long tasks, Instant begin, Instant end) {
    static QueueSpan of(String queue, List<Task> all) {
      List<Task> own =
          all.stream()
              .filter(task -> task.getQueue().equals(QueueName.of(queue)) && task.hasStartTime())
              .toList();
      return new QueueSpan(
          queue,
          own.size(),
          own.stream()
              .map(task -> TaskCalls.instant(task.getStartTime()))
              .min(Instant::compareTo)
              .orElse(Instant.MAX),
          own.stream()
              .map(task -> TaskCalls.instant(task.getEndTime()))
              .max(Instant::compareTo)
              .orElse(Instant.MIN));
    }

    /** A line for people, with times since this instant. */
    String line(Instant since) {
      return "%-15s %d tasks, from %.2f s to %.2f s"
          .formatted(queue, tasks, seconds(since, begin), seconds(since, end));
    }

    private static double seconds(Instant since, Instant time) {
      return Duration.between(since, time).toMillis() / 1000.0;
    }
  }
}
