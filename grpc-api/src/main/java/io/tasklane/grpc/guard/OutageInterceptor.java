package io.tasklane.grpc.guard;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.call.RequestIdField;
import io.tasklane.grpc.error.ErrorStatus;
import io.tasklane.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers UNAVAILABLE to calls that wait for a database that is away: a thread that waits for a
 * machine that has gone learns nothing for a while, its caller within five seconds. A stream of
 * answers waits since its last message; its client goes on from that, here or at another node.
 *
 * <p>A change without {@code request_id} goes on waiting, because nobody can repeat it safely
 * before its outcome is known. A change that was answered so may still be made; its repetition gets
 * the first answer.
 */
public final class OutageInterceptor implements ServerInterceptor {
  /** How long a call waits at least. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = System.getLogger(OutageInterceptor.class.getName());

  /** The calls under way, each with the time at which it began or last sent a message. */
  private final Map<GuardedCall<?, ?>, Long> waiting = new ConcurrentHashMap<>();

  private final Supplier<Optional<String>> outage;
  private final Runnable giveUp;
  private final Ticker ticker;

  /**
   * Creates the interceptor.
   *
   * @param outage why the database cannot be reached, if it cannot; known without asking it
   * @param giveUp ends reads that have waited for a database that is away
   * @param ticker monotonic time
   */
  public OutageInterceptor(Supplier<Optional<String>> outage, Runnable giveUp, Ticker ticker) {
    this.outage = outage;
    this.giveUp = giveUp;
    this.ticker = ticker;
  }

  /**
   * Answers the calls that have waited long enough. Shall be called a few times a second; throws
   * nothing, because a timer does not repeat what has failed.
   */
  public void sweep() {
    try {
      Optional<String> away = outage.get();
      away.ifPresent(why -> waiting.forEach((call, begin) -> refuse(call, begin, why)));
      away.ifPresent(why -> giveUp.run());
    } catch (RuntimeException unexpected) {
      LOG.log(Level.WARNING, "calls that wait for the database are not looked at", unexpected);
    }
  }

  private void refuse(GuardedCall<?, ?> call, long begin, String why) {
    if (ticker.since(begin).compareTo(PATIENCE) >= 0) {
      StatusRuntimeException away =
          StatusProto.toStatusRuntimeException(
              ErrorStatus.of(
                  Refusal.unavailable(
                      RefusalReason.DATABASE_UNAVAILABLE,
                      "the database cannot be reached: "
                          + why
                          + "; try again, a change with the same request_id, a subscription with"
                          + " its last token")));
      call.refuse(away);
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    MethodType type = call.getMethodDescriptor().getType();
    if (!type.clientSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    GuardedCall<Q, R> guarded =
        type.serverSendsOneMessage() ? new GuardedCall<>(call) : new Stream<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(guarded, headers)) {
      @Override
      public void onMessage(Q message) {
        if (isRepeatable((Message) message)) {
          waiting.put(guarded, ticker.nanos());
        }
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        waiting.remove(guarded);
        super.onCancel();
      }

      /** Whoever serves a call that was refused gives back what it holds. */
      @Override
      public void onComplete() {
        waiting.remove(guarded);
        if (guarded.isCancelled()) {
          super.onCancel();
        } else {
          super.onComplete();
        }
      }
    };
  }

  private final class Stream<Q, R> extends GuardedCall<Q, R> {
    Stream(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void sendMessage(R message) {
      super.sendMessage(message);
      waiting.computeIfPresent(this, (call, before) -> ticker.nanos());
    }
  }

  /** Whether the call can be repeated without harm: a read, or a change with its request id. */
  private static boolean isRepeatable(Message request) {
    return RequestIdField.of(request).filter(id -> request.getField(id).equals("")).isEmpty();
  }
}
