package io.tasklane.bench.faults.load;

import io.grpc.StatusRuntimeException;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.v1.CreateTaskResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Clients that create tasks at a steady rate, each one after the other; they wait while too many
 * tasks are unfinished. A create with a request_id is repeated at the next node until one answers.
 * One without is sent once, whatever becomes of it. A client of its own creates tasks that kill
 * their nodes.
 */
public final class Producers {
  private static final int CLIENTS = 4;
  private static final long MOST_UNFINISHED = 2_000;
  private static final long LOOK_MILLIS = 50;

  private final Doors doors;
  private final Chronicle chronicle;
  private final Canceller canceller;
  private final List<LoadQueue> queues;
  private final int harnessPort;
  private final LongSupplier finished;
  private final Map<String, LoadQueue> fences;
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final AtomicLong created = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private List<Future<?>> running = List.of();
  private volatile boolean over;

  /**
   * Clients that create nothing yet.
   *
   * @param doors the nodes
   * @param chronicle where all is noted
   * @param queues where tasks go
   * @param harnessPort where handlers call
   * @param finished how many tasks have ended
   */
  public Producers(
      Doors doors,
      Chronicle chronicle,
      List<LoadQueue> queues,
      int harnessPort,
      LongSupplier finished) {
    this.doors = doors;
    this.chronicle = chronicle;
    this.canceller = new Canceller(doors, chronicle);
    this.queues = queues;
    this.fences = queues.stream().collect(Collectors.toMap(LoadQueue::name, Function.identity()));
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
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      WorkPlan plan = new WorkPlan("c" + client, queues, random.split());
      clients.add(threads.submit(() -> produce(client, plan, gap)));
    }
    KillerPlan killers = new KillerPlan(queues, random.split());
    clients.add(threads.submit(() -> produceKillers(killers)));
    running = List.copyOf(clients);
  }

  private Void produceKillers(KillerPlan plan) throws InterruptedException {
    long begin = System.nanoTime();
    while (!over) {
      if (System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(plan.dueMillis())) {
        create(plan.next(), 0);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return null;
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
      create(plan.next().without(unanswered), node++);
    }
    return null;
  }

  private void create(Work work, int node) throws InterruptedException {
    String task = "tasks/" + work.id();
    var request = Requests.create(work, fences.get(work.queue()).fence(task), harnessPort);
    Entry.Created wanted = wanted(work, task);
    Doors.Call<CreateTaskResponse> call =
        (door, patience) -> door.tasks(patience).createTask(request);
    if (work.careful()) {
      doors.untilAnswered(node, call);
    } else if (doors.once(node, call).isEmpty()) {
      unanswered.add(task);
      chronicle.add(new Entry.CreateUnanswered(chronicle.now(), wanted));
      return;
    }
    chronicle.add(wanted.knownAt(chronicle.now()));
    created.incrementAndGet();
    if (work.cancelAfterMillis() >= 0) {
      canceller.cancel(task, work.cancelAfterMillis(), work.careful());
    }
  }

  private Entry.Created wanted(Work work, String task) {
    long now = chronicle.now();
    return new Entry.Created(
        now,
        now,
        task,
        work.queue(),
        work.priority(),
        work.behaviour(),
        work.needs(),
        work.sharing());
  }

  /** Tasks whose create got no answer and was not repeated: they may exist or not. */
  public Set<String> unanswered() {
    return Set.copyOf(unanswered);
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
