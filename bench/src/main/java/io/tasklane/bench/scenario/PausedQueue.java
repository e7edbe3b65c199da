package io.tasklane.bench.scenario;

import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.Collections;
import java.util.List;

/** A queue that is filled while it is paused, and is then watched running empty. */
final class PausedQueue {
  private final Desk desk;
  private final String name;
  private int filled;
  private String first;
  private String last;

  private PausedQueue(Desk desk, String name) {
    this.desk = desk;
    this.name = name;
  }

  /** A new one, paused. */
  static PausedQueue create(Desk desk, String role, Queue settings) {
    PausedQueue queue = new PausedQueue(desk, desk.createQueue(role, settings));
    desk.pause(queue.name);
    return queue;
  }

  String name() {
    return name;
  }

  /** How many tasks were filled in last. */
  int filled() {
    return filled;
  }

  /** Lets so many tasks like this one wait, of one priority: so the last created ends last. */
  void fill(int count, Task.Builder task) {
    CreateTaskRequest each = CreateTaskRequest.newBuilder().setTask(task).build();
    List<Task> created = desk.createAll(Collections.nCopies(count, each));
    filled = count;
    first = created.get(0).getName();
    last = created.get(created.size() - 1).getName();
  }

  void resume() {
    desk.resume(name);
  }

  void pause() {
    desk.pause(name);
  }

  /** Waits until what was filled in last has run, and tells when it began and ended. */
  Span await() {
    Task end = desk.awaitSuccess(last);
    return new Span(desk.get(first).getStartTime(), end.getEndTime());
  }

  /** Fills it, lets it run empty and pauses it again. */
  Drain run(int count, Task.Builder task) {
    fill(count, task);
    return drain();
  }

  /** Lets what was filled in run and pauses it again. */
  Drain drain() {
    long start = System.nanoTime();
    resume();
    Span span = await();
    double outside = (System.nanoTime() - start) / 1e9;
    pause();
    return new Drain(filled, span.seconds(), outside);
  }

  /**
   * How long so many tasks took.
   *
   * @param tasks how many
   * @param recorded seconds from the start of the first to the end of the last, as the server
   *     recorded them
   * @param outside seconds from the resume to the news of the end, by this client's clock
   */
  record Drain(int tasks, double recorded, double outside) {
    double recordedRate() {
      return tasks / recorded;
    }

    double outsideRate() {
      return tasks / outside;
    }

    /** As many tasks as take about this long, within reason. */
    int tasksFor(double seconds) {
      return (int) Math.max(200, Math.min(300_000, recordedRate() * seconds));
    }
  }
}
