package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.api.Refusal;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.OpenStreams;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Hands the requests of one call to their intake, and sees to it that the call ends once: with the
 * answer, with what went wrong, or because the client has gone or says nothing.
 */
final class Collecting<Q extends Message, R> implements StreamObserver<Q>, OpenStreams.Open {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final Reply<R> reply;
  private final Calls calls;
  private final Alarm alarm;
  private Intake<Q, R> intake;
  private Alarm.Pending pending = () -> {};
  private boolean heard = true;
  private boolean ended;

  Collecting(Reply<R> reply, Calls calls, Alarm alarm) {
    this.reply = reply;
    this.calls = calls;
    this.alarm = alarm;
  }

  synchronized void begin(Supplier<Intake<Q, R>> opening) {
    try {
      intake = opening.get();
      pending = alarm.after(LONGEST_SILENCE, this::look);
      calls.open().add(this);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /** On a thread of its own, as what the client sent last may be on its way to a slow disk. */
  @Override
  public void end(Throwable failure) {
    calls.executor().execute(() -> fail(failure));
  }

  @Override
  public synchronized void onNext(Q request) {
    if (ended) {
      return;
    }
    heard = true;
    try {
      calls.check().check(request);
      intake.take(request);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  @Override
  public synchronized void onCompleted() {
    if (ended) {
      return;
    }
    try {
      R response = intake.finish();
      end();
      reply.send(response);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /** The client broke the call off, or is gone. */
  @Override
  public synchronized void onError(Throwable gone) {
    if (!ended) {
      end();
    }
  }

  private synchronized void look() {
    if (ended) {
      return;
    }
    if (heard) {
      heard = false;
      pending = alarm.after(LONGEST_SILENCE, this::look);
    } else {
      fail(silent());
    }
  }

  private synchronized void fail(Throwable failure) {
    if (!ended) {
      end();
      reply.fail(failure);
    }
  }

  private void end() {
    ended = true;
    calls.open().remove(this);
    pending.cancel();
    if (intake != null) {
      intake.close();
    }
  }

  private static Refusal silent() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        Reason.STREAM_CLOSED,
        "",
        "nothing came for " + LONGEST_SILENCE.toSeconds() + " s: begin again");
  }
}
