package io.tasklane.grpc.task;

import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.Heartbeat;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.Task;
import io.tasklane.v1.WatchTaskResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The messages of WatchTask: the task now, then after every change, until it has ended. Where
 * nothing changes for a while it is sent again unchanged, as a heartbeat.
 */
final class TaskWatch implements MessageSource<WatchTaskResponse> {
  private final TaskFollower follower;
  private final ReadMask<Task> mask;
  private final Alarm alarm;
  private final Duration lifetime;
  private Deadline end;
  private Heartbeat heartbeat;
  private Optional<Task> last = Optional.empty();

  TaskWatch(TaskFollower follower, ReadMask<Task> mask, Alarm alarm, Duration lifetime) {
    this.follower = follower;
    this.mask = mask;
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wake) {
    end = new Deadline(alarm, lifetime, wake);
    heartbeat = new Heartbeat(alarm, wake);
    follower.open(wake);
  }

  @Override
  public Optional<WatchTaskResponse> next() {
    Optional<Task> changed = follower.next();
    if (changed.isPresent()) {
      last = changed;
    } else if (follower.isEnded()) {
      return Optional.empty();
    } else if (end.isOver()) {
      throw Lifetime.over();
    } else if (!heartbeat.isDue()) {
      return Optional.empty();
    }
    heartbeat.sent();
    return last.map(mask::of).map(TaskWatch::response);
  }

  @Override
  public boolean isDone() {
    return follower.isEnded();
  }

  @Override
  public void close() {
    end.cancel();
    heartbeat.end();
    follower.close();
  }

  private static WatchTaskResponse response(Task task) {
    return WatchTaskResponse.newBuilder().setTask(task).build();
  }
}
