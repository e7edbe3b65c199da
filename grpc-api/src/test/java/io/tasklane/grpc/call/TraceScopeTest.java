package io.tasklane.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.tasklane.api.LogContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceScopeTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String HEADER = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private final List<Map<String, String>> seen = new ArrayList<>();

  @Test
  void all_that_is_logged_while_a_call_is_served_carries_its_trace_id_and_nothing_after_it() {
    ServerCall.Listener<String> listener = served(HEADER);
    listener.onMessage("m");
    listener.onHalfClose();
    listener.onReady();
    listener.onCancel();
    listener.onComplete();

    assertThat(seen).hasSize(6).containsOnly(Map.of("trace_id", TRACE));
    assertThat(LogContext.ids()).isEmpty();
  }

  @Test
  void a_call_without_a_trace_carries_none() {
    served(null).onHalfClose();
    assertThat(seen).hasSize(2).containsOnly(Map.of());
  }

  @Test
  void only_what_follows_the_standard_is_a_trace_id() {
    assertThat(TraceScope.traceId(HEADER)).contains(TRACE);
    assertThat(TraceScope.traceId("cc-" + TRACE + "-00f067aa0ba902b7-01-more")).contains(TRACE);
    assertThat(TraceScope.traceId("ff-" + TRACE + "-00f067aa0ba902b7-01")).isEmpty();
    assertThat(TraceScope.traceId("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")).isEmpty();
    assertThat(TraceScope.traceId("00-" + TRACE + "\",\"level\":\"FAKE")).isEmpty();
    assertThat(TraceScope.traceId("")).isEmpty();
  }

  private ServerCall.Listener<String> served(String traceparent) {
    Metadata headers = new Metadata();
    if (traceparent != null) {
      headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), traceparent);
    }
    return new TraceScope()
        .<String, String>interceptCall(
            null,
            headers,
            (call, metadata) -> {
              see();
              return new Seeing<>();
            });
  }

  private void see() {
    seen.add(LogContext.ids());
  }

  /** Looks at the ids in every callback. */
  private final class Seeing<Q> extends ServerCall.Listener<Q> {
    @Override
    public void onMessage(Q message) {
      see();
    }

    @Override
    public void onHalfClose() {
      see();
    }

    @Override
    public void onCancel() {
      see();
    }

    @Override
    public void onComplete() {
      see();
    }

    @Override
    public void onReady() {
      see();
    }
  }
}
