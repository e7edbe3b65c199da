package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.app.Refusal;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.stream.Alarm;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Hands the requests of one call to their intake, and sees to it that the call ends once: with the
 * answer, with what went wrong, or because the client has gone or says nothing.
 */
final class Collecting<Q extends Message, R> implements StreamObserver<Q> {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final Reply<R> reply;
  private final RequestCheck check;
  private final Alarm alarm;
  private Intake<Q, R> intake;
  private Alarm.Pending pending = () -> {};
  private boolean heard = true;
  private boolean ended;

  Collecting(Reply<R> reply, RequestCheck check, Alarm alarm) {
    this.reply = reply;
    this.check = check;
    this.alarm = alarm;
  }

  synchronized void begin(Supplier<Intake<Q, R>> opening) {
    try {
      intake = opening.get();
      pending = alarm.after(LONGEST_SILENCE, this::look);
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  @Override
  public synchronized void onNext(Q request) {
    if (ended) {
      return;
    }
    heard = true;
    try {
      check.check(request);
      intake.take(request);
    } catch (RuntimeException failure) {
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
    } catch (RuntimeException failure) {
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

  private void fail(RuntimeException failure) {
    if (!ended) {
      end();
      reply.fail(failure);
    }
  }

  private void end() {
    ended = true;
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
