package io.tasklane.grpc.call;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tasklane.api.ComponentHealth;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.error.ErrorStatus;
import io.tasklane.time.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers UNAVAILABLE to unary calls that wait for a database that is away: a thread that waits for
 * a machine that has gone learns nothing for a minute, its caller within five seconds.
 *
 * <p>A change without {@code request_id} goes on waiting, because nobody can repeat it safely
 * before its outcome is known. A change that was answered so may still be made; its repetition gets
 * the first answer.
 */
public final class OutageInterceptor implements ServerInterceptor {
  /** How long a call waits at least; the database counts as away after four silent seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = System.getLogger(OutageInterceptor.class.getName());
  private static final String REQUEST_ID = "request_id";

  private final Set<Waiting<?, ?>> waiting = ConcurrentHashMap.newKeySet();
  private final Supplier<ComponentHealth> database;
  private final Ticker ticker;

  /**
   * Creates the interceptor.
   *
   * @param database the health of the database, known without asking it
   * @param ticker monotonic time
   */
  public OutageInterceptor(Supplier<ComponentHealth> database, Ticker ticker) {
    this.database = database;
    this.ticker = ticker;
  }

  /**
   * Answers the calls that have waited long enough. Shall be called a few times a second; throws
   * nothing, because a timer does not repeat what has failed.
   */
  public void sweep() {
    try {
      if (!waiting.isEmpty()) {
        answerIfAway(database.get());
      }
    } catch (RuntimeException unexpected) {
      LOG.log(Level.WARNING, "calls that wait for the database are not looked at", unexpected);
    }
  }

  private void answerIfAway(ComponentHealth health) {
    if (!health.healthy()) {
      waiting.forEach(call -> call.giveUp(health));
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    Waiting<Q, R> guarded = new Waiting<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(guarded, headers)) {
      @Override
      public void onMessage(Q message) {
        if (isRepeatable((Message) message)) {
          waiting.add(guarded);
        }
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        waiting.remove(guarded);
        super.onCancel();
      }
    };
  }

  /** Whether the call can be repeated without harm: a read, or a change with its request id. */
  private static boolean isRepeatable(Message request) {
    FieldDescriptor id = request.getDescriptorForType().findFieldByName(REQUEST_ID);
    return id == null || !request.getField(id).equals("");
  }

  /** A call whose answer comes from its handler or from here, whichever is first. */
  private final class Waiting<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final long begin = ticker.nanos();
    private boolean answered;
    private boolean givenUp;

    Waiting(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      answered = true;
      if (!givenUp) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(R message) {
      if (!givenUp) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      answered = true;
      waiting.remove(this);
      if (!givenUp) {
        super.close(status, trailers);
      }
    }

    synchronized void giveUp(ComponentHealth health) {
      if (answered || givenUp || ticker.since(begin).compareTo(PATIENCE) < 0) {
        return;
      }
      StatusRuntimeException away =
          StatusProto.toStatusRuntimeException(
              ErrorStatus.of(
                  Refusal.unavailable(
                      RefusalReason.DATABASE_UNAVAILABLE,
                      "the database cannot be reached: "
                          + health.detail()
                          + "; try again, a change with the same request_id")));
      waiting.remove(this);
      givenUp = true;
      super.close(away.getStatus(), away.getTrailers());
    }
  }
}
