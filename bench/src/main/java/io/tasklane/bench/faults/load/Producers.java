package io.tasklane.bench.faults.load;

import io.grpc.StatusRuntimeException;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Clients that create tasks at a steady rate, each one after the other, through whatever node
 * answers; they wait while too many tasks are unfinished.
 */
public final class Producers {
  private static final int CLIENTS = 4;
  private static final long MOST_UNFINISHED = 2_000;
  private static final long LOOK_MILLIS = 50;

  private final Doors doors;
  private final Chronicle chronicle;
  private final Canceller canceller;
  private final Map<String, Integer> queues;
  private final int harnessPort;
  private final LongSupplier finished;
  private final AtomicLong created = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<Future<?>> running = List.of();
  private volatile boolean over;

  /**
   * Clients that create nothing yet.
   *
   * @param doors the nodes
   * @param chronicle where all is noted
   * @param queues the concurrency of each queue, by name
   * @param harnessPort where handlers call
   * @param finished how many tasks have ended
   */
  public Producers(
      Doors doors,
      Chronicle chronicle,
      Map<String, Integer> queues,
      int harnessPort,
      LongSupplier finished) {
    this.doors = doors;
    this.chronicle = chronicle;
    this.canceller = new Canceller(doors, chronicle);
    this.queues = queues;
    this.harnessPort = harnessPort;
    this.finished = finished;
  }

  /**
   * Begins.
   *
   * @param random draws what is created
   * @param rate tasks a second, of all clients together
   */
  public void begin(SplittableRandom random, int rate) {
    long gap = TimeUnit.SECONDS.toNanos(CLIENTS) / rate;
    List<String> names = List.copyOf(queues.keySet());
    running =
        IntStream.range(0, CLIENTS)
            .<Future<?>>mapToObj(
                client -> {
                  WorkPlan plan = new WorkPlan("c" + client, names, random.split());
                  return threads.submit(() -> produce(client, plan, gap));
                })
            .toList();
  }

  private Void produce(int client, WorkPlan plan, long gap) throws InterruptedException {
    long due = System.nanoTime();
    int node = client;
    while (!over) {
      if (System.nanoTime() - due < 0 || created() - finished.getAsLong() > MOST_UNFINISHED) {
        TimeUnit.MILLISECONDS.sleep(Math.min(LOOK_MILLIS, 1 + gap / 2_000_000));
        continue;
      }
      // Nothing is made up for: after an outage the rate is what it was.
      due = Math.max(due, System.nanoTime() - gap) + gap;
      create(plan.next(), node++);
    }
    return null;
  }

  private void create(Work work, int node) throws InterruptedException {
    String task = "tasks/" + work.id();
    String lane = queues.get(work.queue()) == 1 ? work.queue() : task;
    var request = Requests.create(work, lane, harnessPort);
    long sent = chronicle.now();
    doors.untilAnswered(node, (door, patience) -> door.tasks(patience).createTask(request));
    chronicle.add(
        new Entry.Created(
            chronicle.now(),
            sent,
            task,
            work.queue(),
            work.priority(),
            work.behaviour(),
            work.needs()));
    created.incrementAndGet();
    if (work.cancelAfterMillis() >= 0) {
      canceller.cancel(task, work.cancelAfterMillis());
    }
  }

  /** Tasks whose create was acknowledged. */
  public long created() {
    return created.get();
  }

  /**
   * Stops, after what is under way has been answered.
   *
   * @throws StatusRuntimeException where a client got an answer that it did not expect
   */
  public void end() throws InterruptedException {
    over = true;
    Outcomes.await(running);
    canceller.end();
    threads.shutdown();
  }

  /** Fails where a client has failed. */
  public void requireHealth() throws InterruptedException {
    Outcomes.await(running.stream().filter(Future::isDone).toList());
    canceller.requireHealth();
  }

  /** Breaks off whatever is under way. */
  public void breakOff() {
    over = true;
    canceller.breakOff();
    threads.shutdownNow();
  }
}
