package io.tasklane.cli.command;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tries a call with one request again that was answered UNAVAILABLE before its first message, up to
 * {@link #MOST_TRIES} times.
 *
 * <p>A {@link #QUESTION} is not tried again once {@link #TRYING} has passed: a server whose
 * database is silent takes three seconds to say so, and nobody shall hear that four times.
 */
final class RetryUnavailable implements ClientInterceptor {
  /** Whether somebody waits for the answer at once, unlike that of a long poll. */
  static final CallOptions.Key<Boolean> QUESTION =
      CallOptions.Key.createWithDefault("tasklane-question", false);

  static final int MOST_TRIES = 4;

  /** A question's last try begins within this time of its first. */
  static final Duration TRYING = Duration.ofMillis(1_500);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final ScheduledExecutorService timer;
  private final LongSupplier nanos;

  /**
   * Creates it.
   *
   * @param timer begins the next try after a pause
   * @param nanos monotonic time
   */
  RetryUnavailable(ScheduledExecutorService timer, LongSupplier nanos) {
    this.timer = timer;
    this.nanos = nanos;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return method.getType().clientSendsOneMessage()
        ? new Tries<>(method, options, next)
        : next.newCall(method, options);
  }

  private final class Tries<Q, R> extends ClientCall<Q, R> {
    private final MethodDescriptor<Q, R> method;
    private final CallOptions options;
    private final Channel channel;
    private final long begin = nanos.getAsLong();
    private ClientCall<Q, R> current;
    private Listener<R> listener;
    private Metadata headers;
    private Q request;
    private int wanted;
    private int tries;
    private boolean halfClosed;
    private boolean cancelled;

    Tries(MethodDescriptor<Q, R> method, CallOptions options, Channel channel) {
      this.method = method;
      this.options = options;
      this.channel = channel;
    }

    @Override
    public synchronized void start(Listener<R> answers, Metadata with) {
      listener = answers;
      headers = with;
      begin();
    }

    private void begin() {
      tries++;
      Metadata copy = new Metadata();
      copy.merge(headers); // a call changes its headers
      current = channel.newCall(method, options);
      current.start(new Answers(listener), copy);
    }

    private synchronized void again() {
      begin();
      if (cancelled) {
        current.cancel("cancelled between two tries", null);
        return;
      }
      current.request(wanted);
      current.sendMessage(request);
      current.halfClose();
    }

    private synchronized boolean isRetried(Status status) {
      return status.getCode() == Status.Code.UNAVAILABLE
          && halfClosed
          && !cancelled
          && tries < MOST_TRIES
          && !pause().isNegative();
    }

    /** Until the next try; negative where it is too late for one. */
    private Duration pause() {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
      Duration left = TRYING.minusNanos(nanos.getAsLong() - begin);
      return options.getOption(QUESTION) && left.compareTo(pause) < 0 ? left : pause;
    }

    private final class Answers extends SimpleForwardingClientCallListener<R> {
      private boolean begun;

      Answers(Listener<R> listener) {
        super(listener);
      }

      @Override
      public void onMessage(R message) {
        begun = true;
        super.onMessage(message);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        if (begun || !isRetried(status)) {
          super.onClose(status, trailers);
          return;
        }
        timer.schedule(Tries.this::again, pause().toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public synchronized void request(int messages) {
      wanted += messages;
      current.request(messages);
    }

    @Override
    public synchronized void sendMessage(Q message) {
      request = message;
      current.sendMessage(message);
    }

    @Override
    public synchronized void halfClose() {
      halfClosed = true;
      current.halfClose();
    }

    @Override
    public synchronized void cancel(String why, Throwable cause) {
      cancelled = true;
      current.cancel(why, cause);
    }
  }
}
