package io.tasklane.grpc.task;

import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Feed;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchTaskResponse;
import java.time.Duration;
import java.util.Optional;

/** Feeds WatchTask: the task now, then after every change, until it has ended. */
final class TaskWatch implements Feed<WatchTaskResponse> {
  private final TaskFollower follower;
  private final ReadMask<Task> mask;
  private final Alarm alarm;
  private final Duration lifetime;
  private Alarm.Pending pending = () -> {};
  private volatile boolean over;

  TaskWatch(TaskFollower follower, ReadMask<Task> mask, Alarm alarm, Duration lifetime) {
    this.follower = follower;
    this.mask = mask;
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wake) {
    follower.open(wake);
    pending =
        alarm.after(
            lifetime,
            () -> {
              over = true;
              wake.run();
            });
  }

  @Override
  public Optional<WatchTaskResponse> next() {
    Optional<Task> task = follower.next();
    if (task.isEmpty() && over && !follower.isEnded()) {
      throw Lifetime.over();
    }
    return task.map(mask::of).map(TaskWatch::response);
  }

  @Override
  public boolean isDone() {
    return follower.isEnded();
  }

  @Override
  public void close() {
    pending.cancel();
    follower.close();
  }

  private static WatchTaskResponse response(Task task) {
    return WatchTaskResponse.newBuilder().setTask(task).build();
  }
}
