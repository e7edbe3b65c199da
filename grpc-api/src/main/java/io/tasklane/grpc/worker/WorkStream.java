package io.tasklane.grpc.worker;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.InboundWindow;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.worker.UnansweredMessages.Said;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerSession;
import io.tasklane.worker.stream.WorkerService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * Serves Work: passes on what the worker says as it arrives, so that messages share commits, and
 * acknowledges or refuses it in its order; tells the worker what it has to know.
 */
final class WorkStream
    implements MessageSource<WorkResponse>, StreamObserver<WorkRequest>, WorkerListener {
  private static final Duration HELLO_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_UNDER_WAY = 1024;
  private static final long MOST_BYTES = 8L * 1024 * 1024;
  private static final int MOST_ASKED_AT_ONCE = 64;

  private final WorkerService workers;
  private final Calls calls;
  private final String method = CallInfo.current().method();
  private final InboundWindow window;
  private final Alarm alarm;
  private final Duration lifetime;
  private final UnansweredMessages unanswered = new UnansweredMessages();
  private final Deque<WorkResponse> outbox = new ArrayDeque<>();
  private volatile Runnable wake = () -> {};
  private volatile Optional<WorkerSession> session = Optional.empty();
  private Deadline end;
  private Deadline hello;
  private Alarm.Pending ping = () -> {};
  private Optional<RuntimeException> fatal = Optional.empty();
  private boolean spoken;
  private boolean welcomed;
  private long expected = 1;
  private boolean halfClosed;
  private boolean finishing;
  private boolean finished;
  private boolean closed;

  WorkStream(WorkerService workers, Calls calls, IntConsumer ask, Alarm alarm, Duration lifetime) {
    this.workers = workers;
    this.calls = calls;
    this.window = new InboundWindow(ask, MOST_UNDER_WAY, MOST_BYTES, MOST_ASKED_AT_ONCE);
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wakeUp) {
    wake = wakeUp;
    end = new Deadline(alarm, lifetime, wakeUp);
    hello = new Deadline(alarm, HELLO_WITHIN, wakeUp);
    ping = alarm.after(WorkerSession.HEARTBEAT, this::ping);
    window.ask();
  }

  private void ping() {
    synchronized (this) {
      if (closed) {
        return;
      }
      ping = alarm.after(WorkerSession.HEARTBEAT, this::ping);
    }
    tell(WorkResponses.PING);
  }

  @Override
  public void onNext(WorkRequest request) {
    Said said = new Said(request, WorkChecks.leaseOf(request));
    window.received(said.size());
    synchronized (this) {
      spoken = true; // what follows from its Hello may take longer
      if (closed || fatal.isPresent()) {
        return;
      }
      unanswered.add(said);
    }
    try {
      WorkChecks.order(request, expected, session.isPresent());
      expected++;
    } catch (InvalidRequest wrong) {
      fail(wrong);
      return;
    }
    if (session.isEmpty()) {
      connect(request, said);
    } else {
      handle(request).whenComplete((done, failure) -> answer(said, failure));
    }
    window.ask();
  }

  private void connect(WorkRequest request, Said said) {
    try {
      calls.check().check(request);
      WorkerSession connected = workers.connect(WorkerMapping.hello(request.getHello()), this);
      synchronized (this) {
        outbox.addFirst(WorkResponses.welcome(connected));
        session = Optional.of(connected);
        welcomed = true;
      }
      connected.welcomed();
      answer(said, null);
      if (isClosed()) {
        connected.broken();
      }
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private CompletionStage<Void> handle(WorkRequest request) {
    try {
      calls.check().check(request);
      return session.orElseThrow().handle(WorkMapping.message(request));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void answer(Said said, Throwable failure) {
    Optional<com.google.rpc.Status> refusal =
        failure == null ? Optional.empty() : Optional.of(StatusProto.fromThrowable(error(failure)));
    synchronized (this) {
      said.answer(refusal);
    }
    finishIfAllSaid();
    wake.run();
  }

  private StatusRuntimeException error(Throwable failure) {
    return calls.error(method, failure);
  }

  private synchronized void fail(RuntimeException why) {
    if (fatal.isEmpty()) {
      fatal = Optional.of(why);
    }
    wake.run();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      halfClosed = true;
    }
    if (session.isEmpty()) {
      fail(WorkChecks.noHello());
    }
    finishIfAllSaid();
  }

  /** What the worker still holds is given back only once all that it has said is written. */
  private void finishIfAllSaid() {
    synchronized (this) {
      if (!halfClosed || finishing || !unanswered.allDone()) {
        return;
      }
      finishing = true;
    }
    session.ifPresent(
        done ->
            done.finish()
                .whenComplete(
                    (gone, failure) -> {
                      synchronized (this) {
                        finished = true;
                      }
                      wake.run();
                    }));
  }

  /** The worker has gone; the stream notices by itself. */
  @Override
  public void onError(Throwable gone) {
    window.close();
  }

  @Override
  public synchronized Optional<WorkResponse> next() {
    if (fatal.isPresent()) {
      throw fatal.get();
    }
    if (!welcomed) {
      if (hello.isOver() && !spoken) {
        throw WorkChecks.noHello();
      }
      return Optional.empty();
    }
    if (unanswered.moveAnswered(window, outbox)) {
      window.ask();
    }
    if (outbox.isEmpty() && end.isOver() && !halfClosed) {
      throw Lifetime.over();
    }
    return Optional.ofNullable(outbox.poll());
  }

  @Override
  public synchronized boolean isDone() {
    return finished && outbox.isEmpty() && unanswered.isEmpty();
  }

  @Override
  public void close() {
    window.close();
    synchronized (this) {
      closed = true;
      end.cancel();
      hello.cancel();
      ping.cancel();
      if (finishing) {
        return;
      }
    }
    session.ifPresent(WorkerSession::broken);
  }

  private void tell(WorkResponse message) {
    synchronized (this) {
      if (closed) {
        return;
      }
      outbox.add(message);
    }
    wake.run();
  }

  @Override
  public void offer(Task task, Payload input, Optional<Payload> checkpoint, Duration limit) {
    String worker = session.map(WorkerSession::worker).orElse("");
    tell(WorkResponses.offer(worker, task, input, checkpoint, limit));
  }

  @Override
  public void stop(
      LeaseName lease,
      Stop why,
      Duration grace,
      Optional<Actor> actor,
      Optional<String> preemptedBy) {
    tell(WorkResponses.stop(lease, why, grace, actor, preemptedBy));
  }

  @Override
  public void leaseLost(LeaseName lease, String reason) {
    tell(WorkResponses.leaseLost(lease, reason));
  }

  @Override
  public void drain(Actor actor) {
    tell(WorkResponses.drain(actor));
  }

  @Override
  public void replaced() {
    fail(
        Refusal.of(
            Refusal.Sort.ABORTED,
            RefusalReason.WORKER_REPLACED,
            session.map(WorkerSession::worker).orElse(""),
            "this worker has opened a newer stream, or was lost"));
  }

  @Override
  public void nodeStops() {
    fail(Refusal.unavailable(RefusalReason.STREAM_CLOSED, "the node stops: open another stream"));
  }
}
