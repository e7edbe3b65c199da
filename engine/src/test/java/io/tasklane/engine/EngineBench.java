package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.config.ArtifactsConfig;
import io.tasklane.config.DatabaseConfig;
import io.tasklane.config.NodeConfig;
import io.tasklane.config.QueuesConfig;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.QueueService;
import io.tasklane.service.TaskService;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.Task;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskType;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/** A whole node on a real database, without a broker: it looks into the table by itself. */
final class EngineBench implements AutoCloseable {
  static final int ARTIFACT_BYTES = 3_500_000;
  static final String TYPE = "test.work";
  private static final Duration KEPT = Duration.ofDays(7);
  final Database database;
  final Engine engine;

  /** What the handler of the bench's tasks does. */
  @FunctionalInterface
  interface Work {
    /** What the handler of the test does with a run. */
    Payload handle(Run run) throws Exception;
  }

  EngineBench(Path folder, Work work, QueueSettings... queues) {
    this(Postgres.empty(), folder, work, queues);
  }

  /** On a database as another node has left it. */
  EngineBench(Database database, Path folder, Work work, QueueSettings... queues) {
    this(database, folder, Clock.systemUTC(), work, queues);
  }

  /** On a machine with this clock. */
  EngineBench(Database database, Path folder, Clock clock, Work work, QueueSettings... queues) {
    this(database, folder, Surroundings.USUAL.with(clock), new Worker(work), queues);
  }

  /**
   * What a node finds.
   *
   * @param node its name
   * @param clock of its machine
   * @param brokerUrl where the broker is
   * @param threads makes its threads
   * @param endNode ends it at once
   */
  record Surroundings(
      String node, Clock clock, String brokerUrl, ThreadFactory threads, Runnable endNode) {
    /** Without a broker. */
    static final Surroundings USUAL =
        new Surroundings("n1", Clock.systemUTC(), "tcp://127.0.0.1:1", Thread::new, () -> {});

    Surroundings named(String name) {
      return new Surroundings(name, clock, brokerUrl, threads, endNode);
    }

    Surroundings with(Clock other) {
      return new Surroundings(node, other, brokerUrl, threads, endNode);
    }

    Surroundings with(ThreadFactory other) {
      return new Surroundings(node, clock, brokerUrl, other, endNode);
    }

    Surroundings withBroker(String url) {
      return new Surroundings(node, clock, url, threads, endNode);
    }

    Surroundings withEnd(Runnable end) {
      return new Surroundings(node, clock, brokerUrl, threads, end);
    }
  }

  /** A node with a handler of its own. */
  EngineBench(
      Database database,
      Path folder,
      Surroundings around,
      TaskHandler handler,
      QueueSettings... queues) {
    this.database = database;
    this.engine =
        new Engine(
            new EngineComponents(
                database,
                new NodeConfig(
                    around.node(),
                    folder,
                    new DatabaseConfig("", "", Optional.empty(), Optional.empty()),
                    around.brokerUrl(),
                    Duration.ofSeconds(9),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(3)),
                new ArtifactsConfig(
                    folder.resolve("artifacts"),
                    Optional.empty(),
                    ARTIFACT_BYTES,
                    Duration.ofHours(1),
                    1),
                new QueuesConfig(List.of(queues)),
                new RetentionConfig(KEPT, KEPT, KEPT, KEPT, 3),
                List.of(handler),
                new DependencyRules(),
                around.clock(),
                new Random(7),
                around.threads(),
                around.endNode()));
  }

  static QueueSettings queue(String queueId, QueuePolicy policy) {
    return new QueueSettings(
        queueId, policy, RetryPolicy.DEFAULT, Duration.ofMinutes(5), Duration.ofHours(1));
  }

  static TaskRequest request(String queueId, String taskId) {
    return TaskRequest.of(queueId, TYPE, Payload.json("{}")).withTaskId(taskId);
  }

  /** Creates them in one command. */
  void create(TaskRequest... requests) {
    done(tasks().submitAll(List.of(requests), change()));
  }

  Task read(String taskId) {
    return database.with(c -> new TaskReader(c).require(taskId));
  }

  /** Waits until the task is in that state. */
  Task await(String taskId, TaskState state) {
    Until.isTrue(taskId + " is " + state, () -> read(taskId).state() == state);
    return read(taskId);
  }

  /** The same for a node whose timer ticks meanwhile. */
  Task awaitWithTicks(String taskId, TaskState state) {
    Until.isTrue(
        taskId + " is " + state,
        () -> {
          engine.tick();
          Task now = read(taskId);
          assertThat(now.isFinished() && now.state() != state).as(now.toString()).isFalse();
          return now.state() == state;
        });
    return read(taskId);
  }

  /** Creates it unless something fails. */
  void tryToCreate(String taskId) {
    try {
      create(request("Q", taskId));
    } catch (CompletionException failed) {
      // whoever called would try again
    }
  }

  void cancel(String taskId) {
    cancel(taskId, false);
  }

  void cancel(String taskId, boolean force) {
    done(tasks().cancel(taskId, "test", force, change()));
  }

  Queue queue(String queueId) {
    return database.with(c -> new QueueReader(c).require(queueId));
  }

  void set(String queueId, QueueState state) {
    switch (state) {
      case PAUSED -> done(queues().pause(queueId, "test", change()));
      case DRAINING -> done(queues().drain(queueId, "test", change()));
      default -> done(queues().resume(queueId, change()));
    }
  }

  void order(String queueId, UnaryOperator<QueuePolicy> change) {
    done(
        queues()
            .update(
                queueId,
                Optional.empty(),
                s -> QueueSettings.of(queueId, change.apply(s.policy()), s.defaults()),
                change()));
  }

  private TaskService tasks() {
    return engine.services().get(TaskService.class);
  }

  private QueueService queues() {
    return engine.services().get(QueueService.class);
  }

  static <T> Change<T> change() {
    return new Change<>(
        new Caller("tester", ""), "test", Optional.empty(), new byte[0], done -> new byte[0]);
  }

  private static <T> void done(CompletionStage<Answer<T>> stage) {
    stage.toCompletableFuture().join();
  }

  /** A handler of the bench's task type. */
  record Worker(String name, Work work) implements TaskHandler {
    Worker(Work work) {
      this(TYPE, work);
    }

    @Override
    public TaskType type() {
      return TaskType.named(name).withAttemptTimeout(Duration.ofMinutes(5));
    }

    @Override
    public Payload handle(Run run) throws Exception {
      return work.handle(run);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
