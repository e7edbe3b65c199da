package io.tasklane.client.worker;

import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.v1.Accept;
import io.tasklane.v1.Hello;
import io.tasklane.v1.Lease;
import io.tasklane.v1.LeaseHeartbeat;
import io.tasklane.v1.Leave;
import io.tasklane.v1.Reject;
import io.tasklane.v1.WorkRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes tasks of its types, at most as many at a time as it has slots, until it is told to stop.
 * Each handler has a thread. {@link WorkerBuilder} makes one.
 */
public final class Worker {
  /** What a handler has after it was interrupted at the end of a drain. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** A handler that looks sees that it should stop before it is interrupted. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final TasklaneClient client;
  private final Map<String, Handler> handlers;
  private final int slots;
  private final Duration drainTime;
  private final Line line;
  private final Ends ends;
  private final Map<String, Running> held = new ConcurrentHashMap<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private CompletableFuture<Void> ended;

  Worker(
      TasklaneClient client, Hello.Builder hello, Map<String, Handler> handlers, Duration drain) {
    this.client = client;
    this.handlers = handlers;
    slots = hello.getWorker().getSlots();
    drainTime = drain;
    ends = new Ends(client.payloads());
    line = new Line(client, hello, new Owner());
  }

  /**
   * Runs until SIGTERM or SIGINT, then drains, and the process ends with 0; a second signal ends it
   * at once.
   *
   * @throws TasklaneException if the server refuses the worker
   */
  public void run() {
    Signals.onStop(() -> drain("the process was told to stop"));
    start();
    join();
  }

  /**
   * Runs beside the caller; the server knows the worker and its types when this returns.
   *
   * @throws TasklaneException if the server refuses the worker
   */
  public void start() {
    ended = line.open();
    ended.whenComplete((nothing, error) -> client.close());
    await(CompletableFuture.anyOf(line.known, ended));
  }

  /**
   * Waits until it has drained.
   *
   * @throws TasklaneException if the server refused the worker
   */
  public void join() {
    await(ended);
  }

  private static void await(CompletableFuture<?> end) {
    try {
      end.join();
    } catch (CompletionException refused) {
      throw (TasklaneException) refused.getCause();
    }
  }

  /** Takes no more tasks, and ends when those that run have ended, or were given back. */
  public void drain(String reason) {
    if (draining.compareAndSet(false, true)) {
      Leave.Builder leave = Leave.newBuilder().setReason(reason);
      line.report(WorkRequest.newBuilder().setLeave(leave), refusal -> {});
      daemon(this::finish, "drain").start();
    }
  }

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void finish() {
    awaitEmpty(drainTime);
    held.values().forEach(running -> stop(running, StopReason.DRAIN, Duration.ZERO));
    awaitEmpty(LAST_WORDS);
    held.values().forEach(running -> end(running, Ends.release(running)));
    awaitEmpty(LAST_WORDS);
    line.close();
  }

  private void awaitEmpty(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while ((!held.isEmpty() || !line.isIdle()) && System.nanoTime() < end) {
      pause(20);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a drain", e);
    }
  }

  private void accepted(Running running, TasklaneException refusal) {
    boolean lost = running.stop().filter(StopReason.LOST::equals).isPresent();
    if (refusal != null || lost) {
      forget(running);
      return;
    }
    Thread thread = daemon(() -> execute(running), running.lease().getTask().getName());
    running.begin(thread);
    thread.start();
  }

  private void execute(Running running) {
    Handler handler = handlers.get(running.lease().getTask().getTaskType());
    Run run = new Run(new LivePort(client, line, running), running.lease());
    Outcome outcome = Outcome.of(handler, run);
    running.handled();
    // An interrupt that came late is not for the report.
    Thread.interrupted();
    if (outcome.kind() == Outcome.Kind.LOST
        || running.stop().filter(StopReason.LOST::equals).isPresent()) {
      running.end();
      forget(running);
    } else {
      end(running, ends.message(running, outcome, run));
    }
    line.topUp();
  }

  private void end(Running running, WorkRequest.Builder message) {
    if (running.end()) {
      sendEnd(running, message);
    }
  }

  private void sendEnd(Running running, WorkRequest.Builder message) {
    line.reportEnd(
        message,
        refusal -> {
          // STALE_LEASE: another run has the task. Anything else is a result nobody will take.
          if (refusal == null || refusal.reason().equals("STALE_LEASE") || message.hasFailure()) {
            forget(running);
          } else {
            sendEnd(running, Ends.undeliverable(running, refusal));
          }
        });
  }

  private void forget(Running running) {
    running.end();
    held.remove(running.id());
  }

  private void stop(Running running, StopReason why, Duration grace) {
    running.stop(why);
    if (why != StopReason.PREEMPT && (why != StopReason.DRAIN || grace.isZero())) {
      long wait = Math.max(grace.toMillis(), LOOK.toMillis());
      CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(running::interrupt);
    }
  }

  /** What the line asks and says. */
  private final class Owner implements LineOwner {
    @Override
    public int freeSlots() {
      long busy = held.values().stream().filter(Running::isBusy).count();
      return draining.get() ? 0 : slots - (int) busy;
    }

    @Override
    public List<String> held() {
      return List.copyOf(held.keySet());
    }

    @Override
    public List<LeaseHeartbeat> signs() {
      return held.values().stream()
          .flatMap(
              running ->
                  running.reported().stream()
                      .map(
                          progress ->
                              LeaseHeartbeat.newBuilder()
                                  .setLeaseId(running.id())
                                  .setProgress(progress)
                                  .build()))
          .toList();
    }

    @Override
    public void offered(Lease lease) {
      boolean known = handlers.containsKey(lease.getTask().getTaskType());
      if (draining.get() || !known) {
        String reason = known ? "the worker drains" : "the worker has no handler of this type";
        Reject.Builder reject =
            Reject.newBuilder().setLeaseId(lease.getLeaseId()).setReason(reason);
        line.report(WorkRequest.newBuilder().setReject(reject), refusal -> {});
        return;
      }
      Running running = new Running(lease);
      held.put(running.id(), running);
      Accept.Builder accept = Accept.newBuilder().setLeaseId(running.id());
      line.report(
          WorkRequest.newBuilder().setAccept(accept), refusal -> accepted(running, refusal));
    }

    @Override
    public void stopped(String leaseId, StopReason why, Duration grace) {
      Running running = held.get(leaseId);
      if (running != null) {
        stop(running, why, grace);
      }
    }

    @Override
    public void lost(String leaseId, String reason) {
      Running running = held.get(leaseId);
      if (running != null) {
        stop(running, StopReason.LOST, Duration.ZERO);
        if (!running.hasBegun() || !running.isBusy()) {
          forget(running);
        }
      }
    }

    @Override
    public void drained(String reason) {
      drain(reason);
    }
  }
}
