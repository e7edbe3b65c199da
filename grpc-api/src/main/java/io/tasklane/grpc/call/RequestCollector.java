package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.OpenStreams;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Passes the requests of one call to their consumer, and ensures that the call ends once: with the
 * response, with an error, or because the client has gone or is silent.
 */
final class RequestCollector<Q extends Message, R> implements StreamObserver<Q>, OpenStreams.Open {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final Reply<R> reply;
  private final Calls calls;
  private final Alarm alarm;
  private RequestConsumer<Q, R> consumer;
  private Alarm.Pending pending = () -> {};
  private boolean received = true;
  private boolean ended;

  RequestCollector(Reply<R> reply, Calls calls, Alarm alarm) {
    this.reply = reply;
    this.calls = calls;
    this.alarm = alarm;
  }

  synchronized void begin(Supplier<RequestConsumer<Q, R>> opening) {
    try {
      consumer = opening.get();
      pending = alarm.after(LONGEST_SILENCE, this::checkSilence);
      calls.open().add(this);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /** On a thread of its own: what the client sent last may still be written to a slow disk. */
  @Override
  public void end(Throwable failure) {
    calls.executor().execute(() -> fail(failure));
  }

  @Override
  public synchronized void onNext(Q request) {
    if (ended) {
      return;
    }
    received = true;
    try {
      calls.check().check(request);
      consumer.take(request);
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
      R response = consumer.finish();
      end();
      reply.send(response);
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /** The client cancelled the call, or is gone. */
  @Override
  public synchronized void onError(Throwable gone) {
    if (!ended) {
      end();
    }
  }

  private synchronized void checkSilence() {
    if (ended) {
      return;
    }
    if (received) {
      received = false;
      pending = alarm.after(LONGEST_SILENCE, this::checkSilence);
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
    if (consumer != null) {
      consumer.close();
    }
  }

  private static Refusal silent() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        RefusalReason.STREAM_CLOSED,
        "",
        "nothing came for " + LONGEST_SILENCE.toSeconds() + " s: begin again");
  }
}
