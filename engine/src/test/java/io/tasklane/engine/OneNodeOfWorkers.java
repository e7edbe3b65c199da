package io.tasklane.engine;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.MovesSeen;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One node with one sequential queue, for tests of workers. */
abstract class OneNodeOfWorkers {
  static final String QUEUE = "Q";

  @TempDir Path folder;
  EngineBench node;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @BeforeEach
  void start() {
    Database database = Postgres.empty();
    node =
        new EngineBench(
            database,
            folder,
            run -> Payload.json("{}"),
            EngineBench.queue(QUEUE, QueuePolicy.STANDARD));
    timer.scheduleWithFixedDelay(node.engine::tick, 200, 200, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    MovesSeen.register(node.database);
    node.close();
  }

  static TaskRequest request(String taskId) {
    return TaskRequest.of(QUEUE, TestWorker.TYPE, Payload.json("{\"a\":1}")).withTaskId(taskId);
  }

  /** A worker with one credit. */
  TestWorker worker() {
    TestWorker worker = TestWorker.at(node, 4);
    worker.credit(1);
    return worker;
  }
}
