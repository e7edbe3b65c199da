package io.tasklane.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tasklane.v1.Event;
import io.tasklane.v1.Payload;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskExplanation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The other end of the wire, so that the client is tested over real gRPC: it ends every task in the
 * moment of its creation, ten milliseconds after the one before it in the same queue.
 */
public final class FakeServer implements AutoCloseable {
  /** What the queue service was asked to change. */
  public final List<Message> changes = new CopyOnWriteArrayList<>();

  /** What was asked of its dead letters. */
  public final FakeDeadLetters deadLetters = new FakeDeadLetters();

  /** What was asked of its resources. */
  public final FakeResources resources = new FakeResources();

  /** What was asked of its schedules and calendars. */
  public final FakeSchedules schedules = new FakeSchedules();

  /** What was asked of its workflows. */
  public final FakeWorkflows workflows = new FakeWorkflows(this);

  /** What was asked of its facts. */
  public final FakeFacts facts = new FakeFacts();

  /** Its templates. */
  public final FakeTemplates templates = new FakeTemplates();

  /** What was asked of its triggers. */
  public final FakeTriggers triggers = new FakeTriggers();

  /** What was asked of its workers. */
  public final FakeWorkers workers = new FakeWorkers();

  /** What was asked of its task types. */
  public final List<Message> taskTypes = new CopyOnWriteArrayList<>();

  /** What was asked of its batch operations. */
  public final FakeBatches batches = new FakeBatches();

  /** What was asked of its events. */
  final FakeEvents events = new FakeEvents(this);

  /** Figures of queues; while there are none, they are counted from the tasks. */
  public final Map<String, QueueStats> figures = new ConcurrentHashMap<>();

  /** What it says of every task that is explained. */
  public TaskExplanation explanation = TaskExplanation.getDefaultInstance();

  public final List<Boolean> freshSteps = new CopyOnWriteArrayList<>();

  private final Server server;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final List<Event> log = new ArrayList<>();
  private final Map<String, Long> queueTimes = new LinkedHashMap<>();
  private final UnaryOperator<Task> handler;

  private FakeServer(UnaryOperator<Task> handler) throws IOException {
    this.handler = handler;
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new FakeTasks(this))
            .addService(events)
            .addService(new FakeQueues(this))
            .addService(deadLetters)
            .addService(resources)
            .addService(schedules)
            .addService(workflows)
            .addService(facts)
            .addService(templates)
            .addService(triggers)
            .addService(batches)
            .addService(workers)
            .intercept(new RequestIdsOnly())
            .build()
            .start();
  }

  /**
   * Starts it on a free port.
   *
   * @param handler gets a task that has run and succeeded without result, and gives it its real end
   */
  public static FakeServer start(UnaryOperator<Task> handler) throws IOException {
    return new FakeServer(handler);
  }

  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** A result for {@link Task#toBuilder()}. */
  public static Payload json(String text) {
    return Payload.newBuilder().setInline(ByteString.copyFromUtf8(text)).build();
  }

  /** Puts a task in as it is, without running it. */
  public synchronized void put(Task task) {
    tasks.put(task.getName(), task);
  }

  synchronized Task create(Task asked, String id) {
    String name = "tasks/" + (id.isEmpty() ? "t" + tasks.size() : id);
    long start = queueTimes.merge(asked.getQueue(), 10L, Long::sum);
    Task done =
        asked.toBuilder()
            .setName(name)
            .setState(Task.State.STATE_SUCCEEDED)
            .setAttempt(1)
            .setCreateTime(Timestamps.fromMillis(0))
            .setStartTime(Timestamps.fromMillis(start))
            .setEndTime(Timestamps.fromMillis(start + 10))
            .build();
    Task ended = handler.apply(done);
    tasks.put(name, ended);
    log.add(event(name, "RUNNING"));
    log.add(event(name, ended.getState().name().substring("STATE_".length())));
    notifyAll();
    return asked.toBuilder().setName(name).setState(Task.State.STATE_QUEUED).build();
  }

  synchronized Task get(String name) {
    return tasks.get(name);
  }

  synchronized List<Task> all() {
    return List.copyOf(tasks.values());
  }

  /** Puts an event into the log; gives its revision. */
  public synchronized long publish(Event event) {
    log.add(event);
    notifyAll();
    return log.size();
  }

  synchronized List<Event> log(int from, int end) {
    return List.copyOf(log.subList(from, end));
  }

  synchronized int logEnd() {
    return log.size();
  }

  /** The events from a place on, once there are any. */
  synchronized List<Event> await(int from) throws InterruptedException {
    while (log.size() <= from && !server.isShutdown()) {
      wait(50);
    }
    return List.copyOf(log.subList(Math.min(from, log.size()), log.size()));
  }

  boolean isStopped() {
    return server.isShutdown();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static Event event(String subject, String state) {
    return Event.newBuilder()
        .setEventType("task.state_changed")
        .setSubject(subject)
        .setData(json("{\"state\":\"" + state + "\"}"))
        .build();
  }
}
