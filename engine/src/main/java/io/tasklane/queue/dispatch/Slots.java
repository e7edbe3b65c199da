package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runs of a queue beside its owner's thread, for one that runs several tasks at once. Each lane
 * is a thread that runs one task after another until nothing more may start; what may start, and
 * how many at once, is decided by every claim behind the lock on the owner's row. So it does no
 * harm to open one lane too many, and one too few lasts until the next hint or look.
 */
final class Slots {
  private static final Logger LOG = Logger.getLogger(Slots.class.getName());
  private static final long STAND_IN_LOOK_NANOS = Duration.ofMillis(100).toNanos();

  private static final int REST_SECONDS = 1;

  /** What a lane begins with. */
  private record Job(Ownership owner, Optional<Task> first) {
    /** The end of its thread. */
    static final Job NONE = new Job(null, Optional.empty());
  }

  /** A claimed task whose lane has no thread. */
  private record Unstarted(Ownership owner, Task task, Throwable why) {}

  private final Queue<Unstarted> unstarted = new ConcurrentLinkedQueue<>();
  private final SynchronousQueue<Job> resting = new SynchronousQueue<>();
  private final String queueId;
  private final CompletionLoop turns;
  private final ThreadFactory threads;
  private final BooleanSupplier waits;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean hinted = new AtomicBoolean();
  private final AtomicBoolean standingIn = new AtomicBoolean();
  private final Map<Thread, Boolean> alive = new ConcurrentHashMap<>();
  private volatile boolean ownerRuns;
  private volatile int width = 1;

  /**
   * Lanes of this queue.
   *
   * @param queueId names its threads
   * @param turns takes its turns
   * @param threads makes its threads
   * @param waits whether the table has something ready
   */
  Slots(String queueId, CompletionLoop turns, ThreadFactory threads, BooleanSupplier waits) {
    this.queueId = queueId;
    this.turns = turns;
    this.threads = threads;
    this.waits = waits;
  }

  /** So many runs at once from now on, the one on the owner's thread included; tells if more. */
  boolean setWidth(int runs) {
    boolean more = runs > width;
    width = runs;
    return more;
  }

  /** Whether the owner's thread leaves the runs to lanes. */
  boolean isWide() {
    return width > 1;
  }

  /** How many lanes there are. */
  int size() {
    return open.get();
  }

  /**
   * While the owner's thread runs a task itself it hears no hints: a lane that has nothing to do
   * looks into the table in its stead.
   */
  void ownerRuns(boolean runs) {
    ownerRuns = runs;
  }

  /** Takes note that something waits, for the next lane that comes to its end. */
  void hint() {
    hinted.set(true);
  }

  /** Nothing waits any more, as far as the owner's thread has seen. */
  void unhint() {
    hinted.set(false);
  }

  /** Whether there may be another. */
  boolean hasRoom() {
    return open.get() < width;
  }

  /**
   * Opens a lane that runs this, or claims for itself; not where there are as many as may be. What
   * is claimed already has to run; where no thread can be had it is left to {@link #failUnstarted}.
   */
  boolean open(Ownership owner, Optional<Task> first) {
    if (turns.isClosed() && first.isEmpty() || !takePlace(first.isPresent())) {
      return false;
    }
    try {
      Job job = new Job(owner, first);
      if (!resting.offer(job)) {
        start(job);
      }
      return true;
    } catch (RuntimeException | Error noThread) {
      open.decrementAndGet();
      LOG.log(Level.WARNING, queueId + ": no thread for another lane", noThread);
      first.ifPresent(task -> unstarted.add(new Unstarted(owner, task, noThread)));
      return false;
    }
  }

  /** Ends the attempts of claimed tasks that no thread could be had for. */
  void failUnstarted() throws InterruptedException {
    for (Unstarted next = unstarted.poll(); next != null; next = unstarted.poll()) {
      turns.fail(next.owner(), next.task(), next.why());
    }
  }

  private void start(Job job) {
    Thread thread = threads.newThread(() -> workAndRest(job));
    thread.setName("tasklane-queue-" + queueId + "-lane");
    alive.put(thread, true);
    try {
      thread.start();
    } catch (RuntimeException | Error noThread) {
      alive.remove(thread);
      throw noThread;
    }
  }

  /** What is claimed already has to run, whatever the width has become meanwhile. */
  private boolean takePlace(boolean claimed) {
    while (true) {
      int lanes = open.get();
      if (!claimed && lanes + (ownerRuns ? 1 : 0) >= width) {
        return false;
      }
      if (open.compareAndSet(lanes, lanes + 1)) {
        return true;
      }
    }
  }

  /** A thread whose lane has ended waits a while for another, which saves starting one. */
  private void workAndRest(Job first) {
    try {
      Job job = first;
      while (job != null && job != Job.NONE) {
        work(job);
        job = turns.isClosed() ? null : resting.poll(REST_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      alive.remove(Thread.currentThread());
    }
  }

  private void work(Job job) {
    try {
      Optional<Task> next = job.first();
      do {
        run(job.owner(), next);
        next = Optional.empty();
      } while (standIn());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error fault) {
      LOG.log(Level.SEVERE, queueId + ": a lane ends; the owner opens another", fault);
    } finally {
      open.decrementAndGet();
    }
    if (hinted.getAndSet(false)) { // it came when there was no room for another lane
      open(job.owner(), Optional.empty());
    }
  }

  /** Sends the threads away that wait for a lane. */
  void close() {
    while (resting.offer(Job.NONE)) {
      LOG.log(Level.FINE, "{0}: a thread that waited for a lane ends", queueId);
    }
  }

  private void run(Ownership owner, Optional<Task> first) throws InterruptedException {
    Optional<Task> task = first.or(() -> claim(owner));
    if (task.isPresent() && first.isEmpty()) {
      open(owner, Optional.empty()); // where one could be claimed there may be more
    }
    while (task.isPresent()) {
      if (ownerRuns && !standingIn.get()) {
        open(owner, Optional.empty()); // it claims the next, or stands in
      }
      CompleteAndClaimResult turn = turns.run(owner, task.get());
      task =
          turn.claimStatus() == CompleteAndClaimResult.ClaimStatus.ASK_AGAIN
              ? claim(owner)
              : turn.claimed();
    }
  }

  private Optional<Task> claim(Ownership owner) {
    CompleteAndClaimResult turn;
    do {
      if (turns.isClosed()) {
        return Optional.empty();
      }
      turn = turns.claim(owner);
    } while (turn.claimStatus() == CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
    return turn.claimed();
  }

  /** Looks into the table instead of the owner's thread; tells whether there is something. */
  private boolean standIn() {
    if (!ownerRuns || !standingIn.compareAndSet(false, true)) {
      return false;
    }
    try {
      while (ownerRuns && isWide() && !turns.isClosed()) {
        LockSupport.parkNanos(STAND_IN_LOOK_NANOS);
        if (waits.getAsBoolean()) {
          return true;
        }
      }
      return false;
    } finally {
      standingIn.set(false);
    }
  }

  /** Waits until all have come to their end, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    long begin = Ticker.SYSTEM.nanos();
    for (Thread lane : alive.keySet()) {
      Duration left = atMost.minus(Ticker.SYSTEM.since(begin));
      if (left.toMillis() > 0) { // a join of 0 ms would wait for ever
        lane.join(left.toMillis());
      }
    }
  }
}
