package io.tasklane.bench.scenario;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.tasklane.v1.BatchCreateTasksRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc.QueueServiceBlockingStub;
import io.tasklane.v1.ResumeQueueRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.tasklane.v1.WaitTaskRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Fills a queue while it is paused and then measures how long it takes to run empty. */
final class PausedQueue {
  private static final int BATCH = 1000;
  private static final int ONE_WAIT_SECONDS = 20;

  private final TaskServiceBlockingStub tasks;
  private final QueueServiceBlockingStub queues;
  private final String name;

  PausedQueue(ManagedChannel channel, String name) {
    tasks = TaskServiceGrpc.newBlockingStub(channel);
    queues = QueueServiceGrpc.newBlockingStub(channel);
    this.name = name;
  }

  /**
   * How long the queue took.
   *
   * @param recorded from the start of the first task to the end of the last, by the server's record
   * @param outside from the resume to the news of the end, by this client's clock
   */
  record Drain(Duration recorded, Duration outside) {}

  /** Runs so many no-op tasks of one priority, of which therefore the last created ends last. */
  Drain run(int count) {
    queues.pauseQueue(PauseQueueRequest.newBuilder().setName(name).setReason("bench").build());
    String first;
    String last;
    long start;
    try {
      List<Task> batch = create(Math.min(count, BATCH));
      first = batch.get(0).getName();
      for (int left = count - BATCH; left > 0; left -= BATCH) {
        batch = create(Math.min(left, BATCH));
      }
      last = batch.get(batch.size() - 1).getName();
    } finally {
      start = System.nanoTime();
      queues.resumeQueue(ResumeQueueRequest.newBuilder().setName(name).build());
    }
    Task end = awaitEnd(last);
    Duration outside = Duration.ofNanos(System.nanoTime() - start);
    Task begin = tasks.getTask(GetTaskRequest.newBuilder().setName(first).build()).getTask();
    var recorded = Timestamps.between(begin.getStartTime(), end.getEndTime());
    return new Drain(Duration.ofNanos(Durations.toNanos(recorded)), outside);
  }

  private List<Task> create(int count) {
    Task noop = Task.newBuilder().setQueue(name).setTaskType("system.noop").build();
    CreateTaskRequest each = CreateTaskRequest.newBuilder().setTask(noop).build();
    BatchCreateTasksRequest request =
        BatchCreateTasksRequest.newBuilder()
            .addAllRequests(Collections.nCopies(count, each))
            .build();
    return tasks.batchCreateTasks(request).getTasksList();
  }

  private Task awaitEnd(String task) {
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
        throw new IllegalStateException("a no-op task did not succeed: " + answer.getTask());
      }
    }
  }
}
