package io.tasklane.client.worker;

import io.tasklane.client.TasklaneClient;
import io.tasklane.v1.Hello;
import io.tasklane.v1.TaskType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Says what a worker does, and makes it. */
public final class WorkerBuilder {
  private final String target;
  private final Hello.Builder hello = Hello.newBuilder();
  private final Map<String, Handler> handlers = new HashMap<>();
  private Duration drainTime = Duration.ofSeconds(30);

  private WorkerBuilder(String target) {
    this.target = target;
    hello.getWorkerBuilder().setSlots(1).setHost(host()).setVersion("tasklane-java 0.1");
  }

  /** A worker of a server at "HOST:PORT", with one slot, for all queues. */
  public static WorkerBuilder of(String target) {
    return new WorkerBuilder(target);
  }

  private static String host() {
    long pid = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + " pid " + pid;
    } catch (UnknownHostException nameless) {
      return "pid " + pid;
    }
  }

  /** How many tasks it takes at once, 1 to 1000. */
  public WorkerBuilder slots(int slots) {
    hello.getWorkerBuilder().setSlots(slots);
    return this;
  }

  /** A queue whose tasks it takes; without any it takes those of all. */
  public WorkerBuilder queue(String queue) {
    hello.getWorkerBuilder().addQueues(queue.startsWith("queues/") ? queue : "queues/" + queue);
    return this;
  }

  /** How long running tasks may take at SIGTERM, before they are given back; 30 s by default. */
  public WorkerBuilder drainTime(Duration time) {
    drainTime = time;
    return this;
  }

  /** The version of its code, for people. */
  public WorkerBuilder version(String version) {
    hello.getWorkerBuilder().setVersion(version);
    return this;
  }

  /** A task type, and who handles it. */
  public WorkerBuilder handler(String taskType, Handler handler) {
    return handler(TaskType.newBuilder().setTaskType(taskType), handler);
  }

  /** The same with a description, a schema, policies and limits, in some revision. */
  public WorkerBuilder handler(TaskType.Builder taskType, Handler handler) {
    hello.addTaskTypes(taskType);
    handlers.put(taskType.getTaskType(), handler);
    return this;
  }

  /** The worker, which is not connected yet. */
  public Worker build() {
    return new Worker(TasklaneClient.connect(target), hello, Map.copyOf(handlers), drainTime);
  }
}
