package io.tasklane.bench.scenario;

import io.tasklane.v1.Task;
import java.util.List;
import java.util.function.Function;

/** Several queues that are filled while they are paused, and then run empty side by side. */
record PausedQueues(List<PausedQueue> queues) {

  /**
   * Runs so many tasks in each.
   *
   * @param each how many
   * @param task like this one, by the queue's name
   */
  PausedQueue.Drain run(int each, Function<String, Task.Builder> task) {
    fill(each, task);
    return drain();
  }

  /** Lets so many tasks wait in each. */
  void fill(int each, Function<String, Task.Builder> task) {
    queues.forEach(queue -> queue.fill(each, task.apply(queue.name())));
  }

  /** Lets what was filled in run and pauses them again. */
  PausedQueue.Drain drain() {
    long start = System.nanoTime();
    queues.forEach(PausedQueue::resume);
    Span span = queues.stream().map(PausedQueue::await).reduce(Span::and).orElseThrow();
    double outside = (System.nanoTime() - start) / 1e9;
    queues.forEach(PausedQueue::pause);
    return new PausedQueue.Drain(
        queues.stream().mapToInt(PausedQueue::filled).sum(), span.seconds(), outside);
  }
}
