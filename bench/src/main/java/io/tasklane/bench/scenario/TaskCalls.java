package io.tasklane.bench.scenario;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc.QueueServiceBlockingStub;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.tasklane.v1.WaitTaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a load generator calls on the server. Its queues and tasks have names of this run alone. */
public final class TaskCalls {
  private static final int BATCH = 1000;
  private static final int PAGE = 500;
  private static final int LOOK_AGAIN_MILLIS = 200;
  private static final int ONE_WAIT_SECONDS = 20;

  private final ManagedChannel channel;
  private final TaskServiceBlockingStub tasks;
  private final QueueServiceBlockingStub queues;
  private final String run;
  private final List<String> createdQueues = new ArrayList<>();

  /**
   * Calls over one connection.
   *
   * @param channel to the server; the caller closes it
   * @param run capital letters and digits that no other run has
   */
  public TaskCalls(ManagedChannel channel, String run) {
    this.channel = channel;
    this.tasks = TaskServiceGrpc.newBlockingStub(channel);
    this.queues = QueueServiceGrpc.newBlockingStub(channel);
    this.run = run;
  }

  /** The connection to the server. */
  public ManagedChannel channel() {
    return channel;
  }

  /** The task service itself, for requests that this class does not build. */
  public TaskServiceBlockingStub tasks() {
    return tasks;
  }

  /**
   * A task id of this run.
   *
   * @param role unique among the tasks of the run
   */
  public String id(String role) {
    return "bench-" + run + "-" + role;
  }

  /**
   * Creates a queue of this run.
   *
   * @param role capital letters, digits and underscores, unique among the queues of the run
   * @param settings of the queue
   * @return its name, "queues/..."
   */
  public String createQueue(String role, Queue settings) {
    CreateQueueRequest request =
        CreateQueueRequest.newBuilder()
            .setQueueId("BENCH_" + run + "_" + role)
            .setQueue(settings)
            .build();
    createdQueues.add(queues.createQueue(request).getQueue().getName());
    return createdQueues.get(createdQueues.size() - 1);
  }

  /** Pauses a queue: nothing more starts in it. */
  public void pause(String queue) {
    queues.pauseQueue(PauseQueueRequest.newBuilder().setName(queue).setReason("bench").build());
  }

  /**
   * Resumes the queues of this run, waits until they are empty and deletes them.
   *
   * @param patience how long to wait; queues that are not empty by then are left as they are
   * @return the names of those that were left
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<String> leave(Duration patience) throws InterruptedException {
    createdQueues.forEach(this::resume);
    long until = System.nanoTime() + patience.toNanos();
    List<String> left = new ArrayList<>(createdQueues);
    left.removeIf(this::isDeleted);
    while (!left.isEmpty() && System.nanoTime() < until) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      left.removeIf(this::isDeleted);
    }
    return left;
  }

  private boolean isDeleted(String queue) {
    try {
      queues.deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
      return true;
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw refused;
      }
      return false; // it is not empty yet
    }
  }

  /** Resumes a paused queue. */
  public void resume(String queue) {
    queues.resumeQueue(ResumeQueueRequest.newBuilder().setName(queue).build());
  }

  /** Name of the node that owns the queue, empty where none does yet. */
  public String owner(String queue) {
    return queues
        .getQueue(GetQueueRequest.newBuilder().setName(queue).build())
        .getQueue()
        .getOwnerNode();
  }

  /** A task that does nothing. */
  public static Task.Builder noop(String queue) {
    return Task.newBuilder().setQueue(queue).setTaskType("system.noop");
  }

  /** A task that sleeps for this long. */
  public static Task.Builder sleep(String queue, Duration time) {
    ByteString input = ByteString.copyFromUtf8("{\"millis\": " + time.toMillis() + "}");
    return Task.newBuilder()
        .setQueue(queue)
        .setTaskType("system.sleep")
        .setInput(Payload.newBuilder().setContentType("application/json").setInline(input));
  }

  /** Creates one task, without a request_id. */
  public Task create(Task.Builder task) {
    return tasks.createTask(CreateTaskRequest.newBuilder().setTask(task).build()).getTask();
  }

  /** Creates tasks in this order, a thousand a request. */
  public List<Task> createAll(List<CreateTaskRequest> requests) {
    List<Task> created = new ArrayList<>();
    for (int from = 0; from < requests.size(); from += BATCH) {
      List<CreateTaskRequest> part =
          requests.subList(from, Math.min(from + BATCH, requests.size()));
      BatchCreateTasksRequest batch =
          BatchCreateTasksRequest.newBuilder().addAllRequests(part).build();
      created.addAll(tasks.batchCreateTasks(batch).getTasksList());
    }
    return created;
  }

  /** Reads a task by its name, "tasks/...". */
  public Task get(String task) {
    return tasks.getTask(GetTaskRequest.newBuilder().setName(task).build()).getTask();
  }

  /**
   * All tasks that match a filter, each with one field only.
   *
   * @param filter as ListTasks takes it
   * @param field of Task, such as "end_time"
   */
  public List<Task> list(String filter, String field) {
    ListTasksRequest.Builder request =
        ListTasksRequest.newBuilder()
            .setFilter(filter)
            .setPageSize(PAGE)
            .setReadMask(FieldMask.newBuilder().addPaths(field));
    List<Task> all = new ArrayList<>();
    do {
      ListTasksResponse page = tasks.listTasks(request.build());
      all.addAll(page.getTasksList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }

  /**
   * Waits, however long it takes, until the task has succeeded.
   *
   * @throws IllegalStateException if it ended in another way
   */
  public Task awaitSuccess(String task) {
    WaitTaskRequest request =
        WaitTaskRequest.newBuilder()
            .setName(task)
            .addStates(Task.State.STATE_SUCCEEDED)
            .setTimeout(Durations.fromSeconds(ONE_WAIT_SECONDS))
            .build();
    while (true) {
      var answer = tasks.waitTask(request);
      if (answer.getReached()) {
        return answer.getTask();
      }
      if (answer.getTask().hasEndTime()) {
        throw new IllegalStateException("a task of the bench failed: " + answer.getTask());
      }
    }
  }

  /** Seconds from one time that the server recorded to another. */
  public static double secondsBetween(Timestamp from, Timestamp to) {
    return Durations.toNanos(Timestamps.between(from, to)) / 1e9;
  }
}
