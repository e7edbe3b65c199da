package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.fault.FatalErrors;
import io.tasklane.task.Task;
import io.tasklane.task.complete.ClaimStatus;
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
 * The slots of a queue that runs several tasks at once. Each slot is a thread that runs one task
 * after another until nothing more may start. Every claim decides what may start, and how many at
 * once, after it has locked the owner's row. So one slot too many does no harm, and one too few
 * lasts only until the next ready signal or look.
 */
final class Slots {
  private static final Logger LOG = Logger.getLogger(Slots.class.getName());
  private static final long STAND_IN_LOOK_NANOS = Duration.ofMillis(100).toNanos();

  private static final int REST_SECONDS = 1;

  /** The task a slot begins with. */
  private record Job(Ownership owner, Optional<Task> first) {
    /** Ends the thread. */
    static final Job NONE = new Job(null, Optional.empty());
  }

  /** A claimed task whose slot has no thread. */
  private record Unstarted(Ownership owner, Task task, Throwable why) {}

  private final Queue<Unstarted> unstarted = new ConcurrentLinkedQueue<>();
  private final SynchronousQueue<Job> resting = new SynchronousQueue<>();
  private final String queueId;
  private final CompletionLoop loop;
  private final ThreadFactory threads;
  private final BooleanSupplier waits;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean readyNoted = new AtomicBoolean();
  private final AtomicBoolean standingIn = new AtomicBoolean();
  private final Map<Thread, Boolean> alive = new ConcurrentHashMap<>();
  private volatile boolean ownerRuns;
  private volatile int width = 1;

  /**
   * Slots of this queue.
   *
   * @param queueId names its threads
   * @param loop claims, runs and completes
   * @param threads makes its threads
   * @param waits whether the table has a ready task
   */
  Slots(String queueId, CompletionLoop loop, ThreadFactory threads, BooleanSupplier waits) {
    this.queueId = queueId;
    this.loop = loop;
    this.threads = threads;
    this.waits = waits;
  }

  /**
   * Sets how many runs there may be at once, including the one on the owner's thread. Returns
   * whether that is more than before.
   */
  boolean setWidth(int runs) {
    boolean more = runs > width;
    width = runs;
    return more;
  }

  /** Whether the owner's thread leaves all runs to slots. */
  boolean isWide() {
    return width > 1;
  }

  /** How many slots are in use. */
  int size() {
    return open.get();
  }

  /**
   * While the owner's thread runs a task it receives no ready signals: an idle slot looks into the
   * table in its place.
   */
  void ownerRuns(boolean runs) {
    ownerRuns = runs;
  }

  /** Notes that a task is ready, for the next slot that runs out of tasks. */
  void noteReady() {
    readyNoted.set(true);
  }

  /** Notes that nothing is ready, as far as the owner's thread has seen. */
  void noteEmpty() {
    readyNoted.set(false);
  }

  /** Whether another slot may be opened. */
  boolean hasRoom() {
    return open.get() < width;
  }

  /**
   * Opens a slot that runs this task, or claims one itself; does nothing if all slots are in use. A
   * task that is claimed already has to run; if no thread can be started it is left to {@link
   * #failUnstarted}.
   */
  boolean open(Ownership owner, Optional<Task> first) {
    if (loop.isClosed() && first.isEmpty() || !takePlace(first.isPresent())) {
      return false;
    }
    try {
      Job job = new Job(owner, first);
      if (!resting.offer(job)) {
        start(job);
      }
      return true;
    } catch (RuntimeException | Error noThread) {
      FatalErrors.passOn(noThread);
      open.decrementAndGet();
      LOG.log(Level.WARNING, queueId + ": no thread for another slot", noThread);
      first.ifPresent(task -> unstarted.add(new Unstarted(owner, task, noThread)));
      return false;
    }
  }

  /** Fails the attempts of claimed tasks for which no thread could be started. */
  void failUnstarted() throws InterruptedException {
    for (Unstarted next = unstarted.poll(); next != null; next = unstarted.poll()) {
      loop.fail(next.owner(), next.task(), next.why());
    }
  }

  private void start(Job job) {
    Thread thread = threads.newThread(() -> workAndRest(job));
    thread.setName("tasklane-queue-" + queueId + "-slot");
    alive.put(thread, true);
    try {
      thread.start();
    } catch (RuntimeException | Error noThread) {
      alive.remove(thread);
      throw noThread;
    }
  }

  /** A task that is claimed already has to run, even if the queue's concurrency is lower by now. */
  private boolean takePlace(boolean claimed) {
    while (true) {
      int slots = open.get();
      if (!claimed && slots + (ownerRuns ? 1 : 0) >= width) {
        return false;
      }
      if (open.compareAndSet(slots, slots + 1)) {
        return true;
      }
    }
  }

  /**
   * The thread of a slot that has ended waits a while for another one, which saves starting a
   * thread.
   */
  private void workAndRest(Job first) {
    try {
      Job job = first;
      while (job != null && job != Job.NONE) {
        work(job);
        job = loop.isClosed() ? null : resting.poll(REST_SECONDS, TimeUnit.SECONDS);
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
      FatalErrors.passOn(fault);
      LOG.log(Level.SEVERE, queueId + ": a slot ends; the owner opens another", fault);
    } finally {
      open.decrementAndGet();
    }
    if (readyNoted.getAndSet(false)) { // it came when all slots were in use
      open(job.owner(), Optional.empty());
    }
  }

  /** Ends the threads that wait for a slot. */
  void close() {
    while (resting.offer(Job.NONE)) {
      LOG.log(Level.FINE, "{0}: a thread that waited for a slot ends", queueId);
    }
  }

  private void run(Ownership owner, Optional<Task> first) throws InterruptedException {
    Optional<Task> task = first.or(() -> claim(owner));
    if (task.isPresent() && first.isEmpty()) {
      open(owner, Optional.empty()); // if one could be claimed there may be more
    }
    while (task.isPresent()) {
      if (ownerRuns && !standingIn.get()) {
        open(owner, Optional.empty()); // it claims the next task, or looks for the owner
      }
      CompleteAndClaimResult result = loop.run(owner, task.get());
      task = result.claimStatus() == ClaimStatus.ASK_AGAIN ? claim(owner) : result.claimed();
    }
  }

  private Optional<Task> claim(Ownership owner) {
    CompleteAndClaimResult result;
    do {
      if (loop.isClosed()) {
        return Optional.empty();
      }
      result = loop.claim(owner);
    } while (result.claimStatus() == ClaimStatus.ASK_AGAIN);
    return result.claimed();
  }

  /** Looks into the table for the owner's thread. Returns whether a task is ready. */
  private boolean standIn() {
    if (!ownerRuns || !standingIn.compareAndSet(false, true)) {
      return false;
    }
    try {
      while (ownerRuns && isWide() && !loop.isClosed()) {
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

  /** Waits until all slots have ended, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    long begin = Ticker.SYSTEM.nanos();
    for (Thread slot : alive.keySet()) {
      Duration left = atMost.minus(Ticker.SYSTEM.since(begin));
      if (left.toMillis() > 0) { // a join of 0 ms would wait for ever
        slot.join(left.toMillis());
      }
    }
  }
}
