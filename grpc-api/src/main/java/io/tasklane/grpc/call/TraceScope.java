package io.tasklane.grpc.call;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tasklane.api.LogContext;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the trace id of a call's W3C {@code traceparent}, where it has one, into the log records
 * that are written while the call is served.
 */
public final class TraceScope implements ServerInterceptor {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  /** Version, trace id, parent id and flags; later versions may append more. */
  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** One is enough for all services. */
  public TraceScope() {}

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Optional<String> trace = traceId(headers.get(TRACEPARENT));
    if (trace.isEmpty()) {
      return next.startCall(call, headers);
    }
    Map<String, String> ids = Map.of("trace_id", trace.get());
    try (LogContext.Scope scope = LogContext.with(ids)) {
      return new Traced<>(next.startCall(call, headers), ids);
    }
  }

  /** The trace id in the header; empty where there is none, or none that follows the standard. */
  static Optional<String> traceId(String traceparent) {
    if (traceparent == null) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(traceparent.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Each of these may come on another thread. */
  private static final class Traced<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Map<String, String> ids;

    Traced(ServerCall.Listener<Q> listener, Map<String, String> ids) {
      super(listener);
      this.ids = ids;
    }

    private void scoped(Runnable callback) {
      try (LogContext.Scope scope = LogContext.with(ids)) {
        callback.run();
      }
    }

    @Override
    public void onMessage(Q message) {
      scoped(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      scoped(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      scoped(super::onCancel);
    }

    @Override
    public void onComplete() {
      scoped(super::onComplete);
    }

    @Override
    public void onReady() {
      scoped(super::onReady);
    }
  }
}
