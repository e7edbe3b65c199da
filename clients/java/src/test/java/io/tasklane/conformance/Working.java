package io.tasklane.conformance;

import io.tasklane.client.TasklaneClient;
import io.tasklane.client.worker.Handler;
import io.tasklane.client.worker.Worker;
import io.tasklane.client.worker.WorkerBuilder;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A worker beside the checks, whose handler has a type of its own. */
final class Working implements AutoCloseable {
  /** Seconds without a sign of life after which the server takes a lease back. */
  static final double LEASE =
      Double.parseDouble(System.getenv().getOrDefault("TASKLANE_LEASE", "15"));

  /** The server keeps types, so they are few: that of the second worker at a time has a 2. */
  private static final AtomicInteger ACTIVE = new AtomicInteger();

  private static String queue;
  private final Worker worker;
  private final String type;

  private Working(Worker worker, String type) {
    this.worker = worker;
    this.type = type;
  }

  static Working start(Caller caller, int slots, Handler handler) {
    String type = "conformance.java." + ACTIVE.incrementAndGet();
    Worker worker = WorkerBuilder.of(caller.address()).slots(slots).handler(type, handler).build();
    worker.start();
    return new Working(worker, type);
  }

  static Working start(Caller caller, Handler handler) {
    return start(caller, 1, handler);
  }

  static synchronized String queue(Caller caller) {
    queue = queue == null ? caller.queue("java") : queue;
    return queue;
  }

  String type() {
    return type;
  }

  /** Creates a task of its type, which is known once the worker has said Hello. */
  static String create(TasklaneClient client, Caller caller, String type, Object input) {
    return client.create(task(client, caller, type, input)).name();
  }

  String create(TasklaneClient client, Caller caller, Object input) {
    return create(client, caller, type, input);
  }

  static Task.Builder task(TasklaneClient client, Caller caller, String type, Object input) {
    Task.Builder task = client.task(queue(caller), type, input);
    task.getRetryPolicyBuilder()
        .setMaximumAttempts(4)
        .getInitialBackoffBuilder()
        .setNanos(10_000_000);
    return task;
  }

  <T> T run(TasklaneClient client, Caller caller, Object input, Class<T> result) {
    return client.result(create(client, caller, input), result);
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it has not come");
      }
      Caller.pause(20);
    }
  }

  static void untilRunning(TasklaneClient client, String name) {
    until(() -> client.get(name).getState() == State.STATE_RUNNING);
  }

  static Map<String, Object> none() {
    return Map.of();
  }

  @Override
  public void close() {
    worker.drain("checked");
    worker.join();
    ACTIVE.decrementAndGet();
  }
}
