package io.tasklane.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A connection to a server; any threads may use it.
 *
 * <p>Each change carries a request id of its own, so what answers UNAVAILABLE is sent again without
 * taking effect twice, for a bounded time; then a {@link TasklaneException} is thrown, as for any
 * refusal. Values are JSON by Gson, or byte[]; above 256 KiB they are uploaded by themselves.
 */
public final class TasklaneClient implements AutoCloseable {
  /** A wait is asked for in parts, so that a broken connection is found within one. */
  private static final Duration WAIT_PART = Duration.ofSeconds(60);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Connection connection;
  private final CreateStream creates;
  private final Payloads payloads;
  private final Workflows workflows;
  private final Facts facts;
  private final TaskServiceGrpc.TaskServiceBlockingStub tasks;
  private final EventServiceGrpc.EventServiceBlockingStub events;

  private TasklaneClient(String target, Duration retryFor) {
    connection = new Connection(target, retryFor);
    creates = new CreateStream(connection);
    payloads = new Payloads(connection);
    workflows = new Workflows(connection, payloads);
    facts = new Facts(connection);
    tasks = TaskServiceGrpc.newBlockingStub(connection.channel());
    events = EventServiceGrpc.newBlockingStub(connection.channel());
  }

  /** Of a server at "HOST:PORT", whose calls are repeated for at most a minute. */
  public static TasklaneClient connect(String target) {
    return connect(target, Duration.ofSeconds(60));
  }

  /** The same, whose calls are repeated for at most this time. */
  public static TasklaneClient connect(String target, Duration retryFor) {
    return new TasklaneClient(target, retryFor);
  }

  /** Workflows: started, watched, cancelled. */
  public Workflows workflows() {
    return workflows;
  }

  /** Facts, which conditions read. */
  public Facts facts() {
    return facts;
  }

  /** Payloads and artifacts. */
  public Payloads payloads() {
    return payloads;
  }

  /** The channel, for calls that this client lacks. */
  public Channel channel() {
    return connection.channel();
  }

  /**
   * Makes such a call, again while it answers UNAVAILABLE. A change has to carry its request id.
   *
   * @param attempt makes it once, with a deadline after this time
   */
  public <T> T call(Function<Duration, T> attempt) {
    return connection.call(attempt);
  }

  /**
   * A task to create, whose further fields are set in the builder; a name "tasks/ID" gives it that
   * id.
   *
   * @param queue its id or its name
   * @param input as {@link Payloads#of} takes it
   */
  public Task.Builder task(String queue, String taskType, Object input) {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(queue.startsWith("queues/") ? queue : "queues/" + queue)
            .setTaskType(taskType);
    return input == null ? task : task.setInput(payloads.of(input));
  }

  /** Creates a task; it is durable when this returns. */
  public Created create(Task.Builder task) {
    return createAll(List.of(task)).get(0);
  }

  /** The same with nothing but an input. */
  public Created create(String queue, String taskType, Object input) {
    return create(task(queue, taskType, input));
  }

  /**
   * Creates many tasks, each for itself, and returns them in their order. The first refusal is
   * thrown when all have been answered; those that were not refused exist then.
   */
  public List<Created> createAll(List<Task.Builder> all) {
    List<CompletableFuture<StreamCreateTasksResult>> answers =
        all.stream().map(task -> creates.submit(request(task))).toList();
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException refused) {
      throw (TasklaneException) refused.getCause();
    }
    return answers.stream()
        .map(CompletableFuture::join)
        .map(result -> new Created(result.getTask(), result.getExisting()))
        .toList();
  }

  private static CreateTaskRequest request(Task.Builder task) {
    return CreateTaskRequest.newBuilder()
        .setRequestId(requestId())
        .setTaskId(task.getName().replaceFirst("^tasks/", ""))
        .setTask(task)
        .build();
  }

  /** The task as it is now. */
  public Task get(String name) {
    GetTaskRequest request = GetTaskRequest.newBuilder().setName(name).build();
    return connection.call(left -> within(tasks, left).getTask(request).getTask());
  }

  /** Waits until a task has ended. */
  public Task await(String name) {
    return await(name, Duration.ofDays(3650));
  }

  /**
   * Waits until a task has ended, at most this time.
   *
   * @throws WaitTimeoutException if it has not
   */
  public Task await(String name, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
      WaitTaskResponse answer = awaitPart(name, left.compareTo(WAIT_PART) < 0 ? left : WAIT_PART);
      if (answer.getReached()) {
        return answer.getTask();
      }
      if (System.nanoTime() - end >= 0) {
        throw new WaitTimeoutException(
            name + " is " + answer.getTask().getState() + " after " + timeout);
      }
    }
  }

  private WaitTaskResponse awaitPart(String name, Duration part) {
    WaitTaskRequest request =
        WaitTaskRequest.newBuilder()
            .setName(name)
            .setTimeout(Durations.fromNanos(part.toNanos()))
            .build();
    return connection.call(left -> within(tasks, part.plus(ANSWER)).waitTask(request));
  }

  /**
   * Waits for a task, and returns its result.
   *
   * @param type what JSON is read as; byte[] for the bytes as they are
   * @throws TaskFailedException if it did not succeed
   */
  public <T> T result(String name, Class<T> type) {
    Task task = await(name);
    if (task.getState() != Task.State.STATE_SUCCEEDED) {
      throw new TaskFailedException(task);
    }
    return payloads.value(task.getResult(), type);
  }

  /** Creates a task, waits for it and returns its result. */
  public <T> T run(String queue, String taskType, Object input, Class<T> type) {
    return result(create(queue, taskType, input).name(), type);
  }

  /** Shows a task now and after every change, and returns when it has ended. */
  public void watch(String name, Consumer<Task> reader) {
    WatchTaskRequest request = WatchTaskRequest.newBuilder().setName(name).build();
    Task[] last = {Task.getDefaultInstance()};
    try (Messages<WatchTaskResponse> changes =
        new Messages<>(
            connection,
            () -> last[0].hasEndTime() ? Optional.empty() : Optional.of(tasks.watchTask(request)),
            false)) {
      while (changes.hasNext()) {
        Task task = changes.next().getTask();
        if (!task.getEtag().equals(last[0].getEtag())) {
          reader.accept(task);
        }
        last[0] = task;
      }
    }
  }

  /** Asks a task to stop; it is CANCELLED then, or CANCELLING if it runs. */
  public Task cancel(String name, String reason) {
    CancelTaskRequest request =
        CancelTaskRequest.newBuilder()
            .setRequestId(requestId())
            .setName(name)
            .setReason(reason)
            .build();
    return connection.call(left -> within(tasks, left).cancelTask(request).getTask());
  }

  /**
   * Publishes an event; it is durable when this returns.
   *
   * @param data a JSON object
   * @return its revision
   */
  public long publish(String eventType, String subject, Object data) {
    io.tasklane.v1.Event.Builder event =
        io.tasklane.v1.Event.newBuilder().setEventType(eventType).setSubject(subject);
    event.getDataBuilder().setInline(Payloads.json(data));
    return publish(event);
  }

  /** The same; an event id makes it count once, whoever publishes it again. */
  public long publish(io.tasklane.v1.Event.Builder event) {
    PublishEventsRequest request =
        PublishEventsRequest.newBuilder().setRequestId(requestId()).addEvents(event).build();
    return connection.call(left -> within(events, left).publishEvents(request).getRevisions(0));
  }

  /**
   * Follows the events that match from now on: the server listens when this returns.
   *
   * @param filter as SubscribeEvents takes it; empty for all events
   */
  public Subscription subscribe(String filter) {
    return subscribe(SubscribeEventsRequest.newBuilder().setFilter(filter));
  }

  /** The same from a position of {@link Event}, as the resume token, or from a start time on. */
  public Subscription subscribe(SubscribeEventsRequest.Builder request) {
    return new Subscription(connection, request.build());
  }

  /** Uploads bytes as an artifact; the payload that refers to it may be an input. */
  public Payload upload(byte[] bytes, String contentType) {
    return payloads.upload(ByteString.copyFrom(bytes), contentType);
  }

  /** The bytes of an artifact that a payload refers to, checked against its hash. */
  public byte[] download(Payload payload) {
    return payloads.download(payload).toByteArray();
  }

  static <S extends AbstractStub<S>> S within(S stub, Duration time) {
    return stub.withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** Closes the connection; calls and subscriptions in progress fail. */
  @Override
  public void close() {
    creates.close();
    connection.close();
  }
}
