package io.tasklane.bench.scenario;

import io.tasklane.v1.Task;
import java.util.List;
import java.util.function.Function;

/**
 * Several queues that are filled while they are paused, and then resumed at once until all are
 * empty.
 *
 * @param queues all of them
 */
public record PausedQueues(List<PausedQueue> queues) {

  /**
   * Fills the queues and drains them.
   *
   * @param each how many tasks in each queue
   * @param task what they are like, by the queue's name
   */
  public PausedQueue.Drain run(int each, Function<String, Task.Builder> task) {
    fill(each, task);
    return drain();
  }

  /**
   * Creates tasks in each queue.
   *
   * @param each how many
   * @param task what they are like, by the queue's name
   */
  public void fill(int each, Function<String, Task.Builder> task) {
    queues.forEach(queue -> queue.fill(each, task.apply(queue.name())));
  }

  /** Resumes the queues, waits until what was filled in has run, and pauses them again. */
  public PausedQueue.Drain drain() {
    long start = System.nanoTime();
    queues.forEach(PausedQueue::resume);
    Span span = queues.stream().map(PausedQueue::await).reduce(Span::and).orElseThrow();
    double outside = (System.nanoTime() - start) / 1e9;
    queues.forEach(PausedQueue::pause);
    return new PausedQueue.Drain(
        queues.stream().mapToInt(PausedQueue::filled).sum(), span.seconds(), outside);
  }
}
