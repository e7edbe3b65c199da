package io.tasklane.client.worker;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tasklane.client.Backoff;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.v1.Credit;
import io.tasklane.v1.Hello;
import io.tasklane.v1.Refused;
import io.tasklane.v1.StopSignal;
import io.tasklane.v1.Welcome;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkRequest.MessageCase;
import io.tasklane.v1.WorkResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one Work stream open until it is closed: sends reports in their order, and again after a
 * break until they are acknowledged or refused. Its threads only move messages, so a handler that
 * computes does not keep the worker from being heard of.
 */
final class Line {
  /** What leaves the stream useless: the worker itself is wrong, or the server cannot serve it. */
  private static final Set<Status.Code> FATAL =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.UNIMPLEMENTED,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.ABORTED,
          Status.Code.PERMISSION_DENIED);

  private final TasklaneClient client;
  private final Hello.Builder hello;
  private final LineOwner owner;
  private final Usage usage = new Usage();

  /** Ends with the first welcome. */
  final CompletableFuture<Void> known = new CompletableFuture<>();

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Reports reports = new Reports();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> Worker.daemon(work, "heartbeats"));
  private Future<?> nextBeat = CompletableFuture.completedFuture(null);
  private Backoff backoff = new Backoff();
  private Opened stream;
  private boolean connected;
  private boolean closing;
  private long sequence;
  private int credits;
  private Duration interval = Duration.ofSeconds(5);
  private Duration lease = Duration.ofSeconds(15);
  private volatile long heard = System.nanoTime();
  private long opened = heard;

  Line(TasklaneClient client, Hello.Builder hello, LineOwner owner) {
    this.client = client;
    this.hello = hello;
    this.owner = owner;
  }

  /** Opens it; the future ends with it, exceptionally where the server refuses the worker. */
  CompletableFuture<Void> open() {
    connect();
    beat();
    return ended;
  }

  /** Sends a message as soon as there is a connection. */
  synchronized void report(WorkRequest.Builder message, Reports.Answer answer) {
    Reports.Report report = new Reports.Report(message, answer);
    if (connected) {
      reports.sent(put(message), report);
    } else {
      reports.hold(report);
    }
  }

  private long put(WorkRequest.Builder message) {
    stream.requests.onNext(message.setSequence(++sequence).build());
    return sequence;
  }

  /** Whether every report was answered. */
  synchronized boolean isIdle() {
    return reports.isEmpty();
  }

  /** Gives as many credits as the owner has slots free beyond those that were given. */
  synchronized void topUp() {
    int more = owner.freeSlots() - credits;
    if (connected && more > 0) {
      credits += more;
      put(WorkRequest.newBuilder().setCredit(Credit.newBuilder().setOffers(more)));
    }
  }

  /** Half-closes: the worker is STOPPED. */
  synchronized void close() {
    closing = true;
    if (connected) {
      stream.requests.onCompleted();
      clock.schedule(() -> end(null), 10, TimeUnit.SECONDS);
    } else {
      end(null);
    }
  }

  private void end(TasklaneException error) {
    clock.shutdownNow();
    if (error != null) {
      ended.completeExceptionally(error);
    }
    ended.complete(null);
  }

  private synchronized void connect() {
    hello.clearLeaseIds().addAllLeaseIds(owner.held());
    Opened next = new Opened();
    stream = next;
    sequence = 0;
    opened = System.nanoTime();
    next.requests = WorkerServiceGrpc.newStub(client.channel()).work(next);
    put(WorkRequest.newBuilder().setHello(hello));
  }

  private void welcome(Welcome welcome) {
    List<String> lost;
    synchronized (this) {
      backoff = new Backoff();
      hello.getWorkerBuilder().setName(welcome.getWorker());
      interval = welcome.hasHeartbeatInterval() ? time(welcome.getHeartbeatInterval()) : interval;
      lease = welcome.hasLeaseDuration() ? time(welcome.getLeaseDuration()) : lease;
      connected = true;
      credits = 0;
      lost = new ArrayList<>(hello.getLeaseIdsList());
      lost.removeAll(welcome.getKeptLeaseIdsList());
      // An end is sent again also for a lease that is gone: it may have been what ended it.
      reports.takeHeld().stream()
          .filter(report -> !lost.contains(report.message().getAccept().getLeaseId()))
          .forEach(report -> reports.sent(put(report.message()), report));
      if (closing) {
        stream.requests.onCompleted();
      } else {
        // A new connection begins with a heartbeat, and may have told another interval.
        beat();
      }
    }
    lost.forEach(id -> owner.lost(id, "the server does not keep it after the break"));
    known.complete(null);
  }

  private static Duration time(com.google.protobuf.Duration duration) {
    return Duration.ofNanos(Durations.toNanos(duration));
  }

  private void handle(WorkResponse response) {
    switch (response.getMessageCase()) {
      case WELCOME -> welcome(response.getWelcome());
      case OFFER -> {
        synchronized (this) {
          credits--;
        }
        owner.offered(response.getOffer());
      }
      case ACKNOWLEDGEMENT -> settle(response.getAcknowledgement().getSequence());
      case REFUSED -> refuse(response.getRefused());
      case STOP -> stop(response.getStop());
      case LEASE_LOST ->
          owner.lost(response.getLeaseLost().getLeaseId(), response.getLeaseLost().getReason());
      case DRAIN -> owner.drained(response.getDrain().getActor().getReason());
      default -> {}
    }
    topUp();
  }

  private void stop(StopSignal stop) {
    owner.stopped(stop.getLeaseId(), StopReason.of(stop.getKind()), time(stop.getGrace()));
  }

  private void settle(long upTo) {
    List<Reports.Report> settled;
    synchronized (this) {
      settled = reports.settle(upTo);
    }
    settled.forEach(report -> report.answer().answered(null));
  }

  private void refuse(Refused refused) {
    Reports.Report report;
    synchronized (this) {
      report = reports.refuse(refused.getSequence());
      if (report == null) {
        return;
      }
      // Credits that a refused message carried were not given.
      credits -= Reports.credit(report.message(), 0);
    }
    TasklaneException error = TasklaneException.ofStatus(refused.getStatus());
    if (error.code() == Status.Code.UNAVAILABLE) {
      clock.schedule(() -> report(report.message(), report.answer()), 200, TimeUnit.MILLISECONDS);
    } else {
      report.answer().answered(error);
    }
  }

  /** Sends the end of a run, with a credit where the slot can take another offer. */
  synchronized void reportEnd(WorkRequest.Builder message, Reports.Answer answer) {
    if (connected
        && message.getMessageCase() != MessageCase.SUSPEND
        && owner.freeSlots() > credits) {
      credits++;
      Reports.credit(message, 1);
    }
    report(message, answer);
  }

  private void broken(Opened which, TasklaneException error) {
    synchronized (this) {
      if (stream != which) {
        return;
      }
      connected = false;
      reports.holdAll();
    }
    if (closing) {
      end(null);
    } else if (error != null && error.reason().equals("WORKER_LOST")) {
      beginAnew();
    } else if (error != null && FATAL.contains(error.code())) {
      end(error);
    } else {
      clock.schedule(this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void beginAnew() {
    synchronized (this) {
      hello.getWorkerBuilder().clearName();
    }
    owner.held().forEach(id -> owner.lost(id, "the worker was lost"));
    clock.schedule(this::connect, 10, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    boolean silent;
    synchronized (this) {
      long now = System.nanoTime();
      if (connected) {
        sendHeartbeat();
      }
      silent = now - heard > lease.toNanos();
      if (now - Math.max(heard, opened) > 3 * interval.toNanos()) {
        stream.requests.onError(Status.CANCELLED.asRuntimeException());
      }
      nextBeat.cancel(false);
      nextBeat = clock.schedule(this::beat, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (silent) {
      owner.held().forEach(id -> owner.lost(id, "nothing was heard of the server"));
    }
  }

  private void sendHeartbeat() {
    put(WorkRequest.newBuilder().setHeartbeat(usage.heartbeat().addAllLeases(owner.signs())));
  }

  /** One opening of the stream. */
  private final class Opened implements StreamObserver<WorkResponse> {
    private StreamObserver<WorkRequest> requests;

    @Override
    public void onNext(WorkResponse response) {
      heard = System.nanoTime();
      handle(response);
    }

    @Override
    public void onError(Throwable error) {
      broken(this, TasklaneException.ofCall(error));
    }

    @Override
    public void onCompleted() {
      broken(this, null);
    }
  }
}
