package io.tasklane.grpc.task;

import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.Task;
import io.tasklane.v1.WaitTaskResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The response of WaitTask, a long poll: one message, as soon as the task was in a state that is
 * waited for, has ended, or the timeout has passed.
 */
final class TaskWait implements MessageSource<WaitTaskResponse> {
  private final TaskFollower follower;
  private final Set<Task.State> states;
  private final Alarm alarm;
  private final Duration timeout;
  private Deadline end;
  private Task last = Task.getDefaultInstance();
  private boolean answered;

  /**
   * Waits.
   *
   * @param states any of these; empty means any final one
   */
  TaskWait(TaskFollower follower, Set<Task.State> states, Alarm alarm, Duration timeout) {
    this.follower = follower;
    this.states = states;
    this.alarm = alarm;
    this.timeout = timeout;
  }

  @Override
  public void open(Runnable wake) {
    end = new Deadline(alarm, timeout, wake);
    follower.open(wake);
  }

  @Override
  public Optional<WaitTaskResponse> next() {
    if (answered) {
      return Optional.empty();
    }
    for (Optional<Task> task = follower.next(); task.isPresent(); task = follower.next()) {
      last = task.get();
      if (states.contains(last.getState()) || (states.isEmpty() && follower.isEnded())) {
        return answer(true);
      }
    }
    return follower.isEnded() || end.isOver() ? answer(false) : Optional.empty();
  }

  @Override
  public boolean isDone() {
    return answered;
  }

  @Override
  public void close() {
    end.cancel();
    follower.close();
  }

  private Optional<WaitTaskResponse> answer(boolean reached) {
    answered = true;
    return Optional.of(WaitTaskResponse.newBuilder().setTask(last).setReached(reached).build());
  }
}
