package io.tasklane.bench.faults.load;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancels tasks some time after their creation, whatever they are doing then. */
final class Canceller {
  private static final int THREADS = 2;

  private final Doors doors;
  private final Chronicle chronicle;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final Queue<Future<?>> running = new ConcurrentLinkedQueue<>();

  Canceller(Doors doors, Chronicle chronicle) {
    this.doors = doors;
    this.chronicle = chronicle;
  }

  /**
   * Cancels a task later.
   *
   * @param careful whether with a request_id
   */
  void cancel(String task, long afterMillis, boolean careful) {
    running.add(threads.schedule(() -> cancel(task, careful), afterMillis, TimeUnit.MILLISECONDS));
  }

  private Void cancel(String task, boolean careful) throws InterruptedException {
    chronicle.add(new Entry.CancelAsked(chronicle.now(), task));
    var request = Requests.cancel(task, careful);
    AtomicInteger tries = new AtomicInteger();
    TaskState state;
    try {
      state =
          state(
              doors
                  .untilAnswered(
                      task.hashCode(),
                      (door, patience) -> {
                        tries.incrementAndGet();
                        return door.tasks(patience).cancelTask(request);
                      })
                  .getTask());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw e;
      }
      if (!careful && tries.get() > 1) {
        return null; // it has ended, perhaps by the cancellation before, which got no answer
      }
      state = null; // it has ended
    }
    chronicle.add(new Entry.CancelAnswered(chronicle.now(), task, state));
    return null;
  }

  static TaskState state(Task task) {
    return TaskState.valueOf(task.getState().name().substring("STATE_".length()));
  }

  void requireHealth() throws InterruptedException {
    for (Future<?> first = running.peek();
        first != null && first.isDone();
        first = running.peek()) {
      Outcomes.await(List.of(running.remove()));
    }
  }

  void end() throws InterruptedException {
    Outcomes.await(List.copyOf(running));
    threads.shutdown();
  }

  void breakOff() {
    threads.shutdownNow();
  }
}
