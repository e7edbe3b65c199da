package io.tasklane.worker.stream;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.event.LogEvent;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.state.TaskState;
import io.tasklane.worker.AddCredits;
import io.tasklane.worker.ChangeWorkers;
import io.tasklane.worker.ConnectWorkers.Connected;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.RejectOffers;
import io.tasklane.worker.RenewWorkers;
import io.tasklane.worker.WorkerLeases;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerMessage;
import io.tasklane.worker.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream of a worker that ends at this node. */
final class Session implements WorkerSession {
  private final StreamTools tools;
  private final Connected worker;
  private final WorkerListener listener;
  private final Leases leases = new Leases();
  private final LeaseReports reports;
  private final WorkerStreams streams;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean heard = true;
  private volatile boolean drainTold;
  private volatile double cpuLoad;
  private volatile long memoryBytes;

  Session(StreamTools tools, Connected worker, WorkerListener listener, WorkerStreams streams) {
    this.tools = tools;
    this.worker = worker;
    this.listener = listener;
    this.streams = streams;
    this.reports = new LeaseReports(tools, leases, listener);
  }

  long key() {
    return worker.worker();
  }

  Leases leases() {
    return leases;
  }

  WorkerListener listener() {
    return listener;
  }

  @Override
  public String worker() {
    return "workers/" + worker.workerId();
  }

  @Override
  public List<LeaseName> kept() {
    return leases.all().stream().map(LiveLease::name).toList();
  }

  @Override
  public Duration lease() {
    return WorkerLeases.LEASE;
  }

  /** Runs that were cancelled while the stream was broken are told so. */
  @Override
  public void welcomed() {
    leases.all().stream()
        .filter(lease -> lease.task().state() == TaskState.CANCELLING)
        .forEach(lease -> cancel(lease, false, lease.task().cancelActor()));
  }

  @Override
  public CompletionStage<Void> handle(WorkerMessage message) {
    heard = true;
    try {
      return dispatch(message);
    } catch (Refusal refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletionStage<Void> dispatch(WorkerMessage message) {
    if (message instanceof WorkerMessage.Heartbeat beat) {
      cpuLoad = beat.cpuLoad();
      memoryBytes = beat.memoryBytes();
      return reports.beats(beat.leases());
    }
    if (message instanceof WorkerMessage.Credit credit) {
      return credit(credit.offers());
    }
    if (message instanceof WorkerMessage.Leave leave) {
      return drain(new Actor("worker", leave.reason()));
    }
    if (message instanceof WorkerMessage.Completed done) {
      return with(reports.completed(done), done.credit());
    }
    if (message instanceof WorkerMessage.Failed failed) {
      return with(reports.failed(failed), failed.credit());
    }
    if (message instanceof WorkerMessage.Release release) {
      return with(reports.released(release), release.credit());
    }
    return reports.of((WorkerMessage.OfLease) message);
  }

  /** The credit counts also where the message that carries it is refused. */
  private CompletionStage<Void> with(CompletionStage<Void> report, int offers) {
    return offers == 0 ? report : report.thenCombine(credit(offers), (one, other) -> null);
  }

  private CompletionStage<Void> credit(int offers) {
    return tools
        .context()
        .committer()
        .submit(
            new AddCredits(tools.context().signals()),
            new AddCredits.Credits(worker.worker(), worker.stream(), offers))
        .thenAccept(added -> {}); // one that drains, or has another stream, gets no offers
  }

  /** It gets no more offers; those that it has return to their queues. */
  private CompletionStage<Void> drain(Actor actor) {
    drainTold = true;
    return submit(new ChangeWorkers.Drain(worker.worker(), actor))
        .thenCompose(
            changed -> {
              leases.removeOffers();
              return tools
                  .context()
                  .committer()
                  .submit(
                      new RejectOffers(tools.returns()),
                      new RejectOffers.OfWorker(worker.worker(), List.of()));
            })
        .thenAccept(returned -> {});
  }

  private CompletableFuture<Boolean> submit(ChangeWorkers.Change change) {
    return tools.context().committer().submit(new ChangeWorkers(), change);
  }

  @Override
  public CompletionStage<Void> finish() {
    if (!over.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    streams.remove(this);
    // once it has stopped, whatever is left is given back by whichever node looks first
    return submit(new ChangeWorkers.Stop(worker.worker()))
        .thenCompose(stopped -> giveBack())
        .thenAccept(done -> {});
  }

  private CompletableFuture<Void> giveBack() {
    CompletableFuture<?>[] all =
        leases.all().stream()
            .filter(LiveLease::isRunning)
            .map(lease -> reports.ends().write(lease, new RunEnd.HandedBack()))
            .toArray(CompletableFuture[]::new);
    CompletableFuture<Integer> offers =
        tools
            .context()
            .committer()
            .submit(
                new RejectOffers(tools.returns()),
                new RejectOffers.OfWorker(worker.worker(), List.of()));
    return CompletableFuture.allOf(all).thenCombine(offers, (ran, returned) -> null);
  }

  @Override
  public void broken() {
    if (over.compareAndSet(false, true)) {
      streams.remove(this);
      submit(new ChangeWorkers.Broken(worker.worker(), worker.stream()));
    }
  }

  /** The worker has another stream, or is lost: nothing is told over this one any more. */
  void replaced() {
    if (over.compareAndSet(false, true)) {
      streams.remove(this);
      listener.replaced();
    }
  }

  /** What is to be written of it now. */
  RenewWorkers.Heard heard() {
    boolean since = heard;
    heard = false;
    return new RenewWorkers.Heard(worker.worker(), worker.stream(), since, cpuLoad, memoryBytes);
  }

  /** Somebody wants it to drain. */
  void drained(Actor actor) {
    if (!drainTold) {
      drainTold = true;
      listener.drain(actor);
      leases.all().stream()
          .filter(LiveLease::isRunning)
          .forEach(
              lease ->
                  listener.stop(
                      lease.name(),
                      WorkerListener.Stop.DRAIN,
                      Duration.ZERO,
                      Optional.of(actor),
                      Optional.empty()));
    }
  }

  /** An offer for it has been read. */
  void offer(LiveLease lease, Payload input, Optional<Payload> checkpoint) {
    leases.add(lease);
    listener.offer(lease.task(), input, checkpoint, lease.limit());
  }

  private void cancel(LiveLease lease, boolean force, Optional<Actor> actor) {
    Duration grace = force ? Duration.ZERO : lease.task().timeouts().cancelGrace();
    boolean news = lease.stop(WorkerListener.Stop.CANCEL, grace.plus(LeaseWatch.MARGIN));
    if (news || force) {
      listener.stop(lease.name(), WorkerListener.Stop.CANCEL, grace, actor, Optional.empty());
    }
  }

  /** Something has happened to a task that it has a lease of. */
  void follow(TaskKey task, LogEvent event, boolean force) {
    leases
        .of(task)
        .filter(lease -> event.sequence() > lease.task().revision() && !lease.isEnding())
        .ifPresent(
            lease -> {
              switch (event.change().orElseThrow().to()) {
                case OFFERED, RUNNING -> {}
                case CANCELLING -> cancel(lease, force, Optional.of(new Actor(event.actor(), "")));
                default -> lost(lease, reason(event));
              }
            });
  }

  private static String reason(LogEvent event) {
    return event
        .change()
        .flatMap(change -> change.move())
        .map(
            move ->
                switch (move) {
                  case WITHDRAW -> "the offer was not accepted in time";
                  case LOSE_LEASE -> "the worker was not heard of for " + WorkerLeases.LEASE;
                  case CANCEL -> "the task was cancelled";
                  default -> "the task has moved: " + move;
                })
        .orElse("the task has moved");
  }

  void lost(LiveLease lease, String reason) {
    if (leases.remove(lease)) {
      listener.leaseLost(lease.name(), reason);
    }
  }

  static Refusal replacedRefusal(String worker) {
    return Refusal.of(
        Refusal.Sort.ABORTED,
        RefusalReason.WORKER_REPLACED,
        worker,
        "has opened another stream, or was lost");
  }
}
