package io.tasklane.bench.scenario;

import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.Collections;
import java.util.List;

/** A queue that is filled while it is paused, and then resumed until it is empty. */
public final class PausedQueue {
  private final TaskCalls calls;
  private final String name;
  private int filled;
  private String first;
  private String last;

  private PausedQueue(TaskCalls calls, String name) {
    this.calls = calls;
    this.name = name;
  }

  /**
   * Creates a queue and pauses it.
   *
   * @param calls to the server
   * @param role unique among the queues of the run
   * @param settings of the queue
   */
  public static PausedQueue create(TaskCalls calls, String role, Queue settings) {
    PausedQueue queue = new PausedQueue(calls, calls.createQueue(role, settings));
    calls.pause(queue.name);
    return queue;
  }

  /** Its name, "queues/...". */
  public String name() {
    return name;
  }

  /** How many tasks were filled in last. */
  int filled() {
    return filled;
  }

  /** Creates so many tasks like this one, of one priority: so the last created ends last. */
  public void fill(int count, Task.Builder task) {
    CreateTaskRequest each = CreateTaskRequest.newBuilder().setTask(task).build();
    List<Task> created = calls.createAll(Collections.nCopies(count, each));
    filled = count;
    first = created.get(0).getName();
    last = created.get(created.size() - 1).getName();
  }

  void resume() {
    calls.resume(name);
  }

  void pause() {
    calls.pause(name);
  }

  /** Waits until what was filled in last has run, and returns when that began and ended. */
  Span await() {
    Task end = calls.awaitSuccess(last);
    return new Span(calls.get(first).getStartTime(), end.getEndTime());
  }

  /** {@link #fill Fills} the queue and {@link #drain drains} it. */
  public Drain run(int count, Task.Builder task) {
    fill(count, task);
    return drain();
  }

  /** Resumes the queue, waits until what was filled in has run, and pauses it again. */
  public Drain drain() {
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
   * @param outside seconds from the resume until this client knows of the end, by its own clock
   */
  public record Drain(int tasks, double recorded, double outside) {
    /** Tasks per second, by the times that the server recorded. */
    public double recordedRate() {
      return tasks / recorded;
    }

    /** Tasks per second, by the client's clock. */
    public double outsideRate() {
      return tasks / outside;
    }

    /** How many tasks take about this long at the recorded rate; 200 to 300,000. */
    public int tasksFor(double seconds) {
      return (int) Math.max(200, Math.min(300_000, recordedRate() * seconds));
    }
  }
}
