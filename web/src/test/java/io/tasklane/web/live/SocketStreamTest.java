package io.tasklane.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tasklane.grpc.stream.MessageSource;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SocketStreamTest {
  private final NewestOnly source = new NewestOnly();
  private final Wire wire = new Wire();
  private final List<String> ended = new ArrayList<>();
  private final SocketStream stream =
      new SocketStream(source, wire, Runnable::run, () -> ended.add("ended"));

  @Test
  void nothing_piles_up_for_a_client_that_reads_slowly() {
    source.newest = "1";
    stream.start();
    source.comes("2");
    source.comes("3");
    source.comes("4");
    assertThat(wire.sent).containsExactly("\"1\"");
    wire.taken(true);
    assertThat(wire.sent).as("the newest only").containsExactly("\"1\"", "\"4\"");
    wire.taken(true);
    assertThat(wire.sent).hasSize(2);
  }

  @Test
  void a_client_that_takes_no_messages_is_let_go() {
    source.newest = "1";
    stream.start();
    wire.taken(false);
    assertThat(wire.closed.getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
    assertThat(source.closed).isEqualTo(1);
    assertThat(ended).hasSize(1);
    source.comes("2");
    assertThat(wire.sent).hasSize(1);
  }

  @Test
  void a_feed_that_fails_ends_the_stream_with_its_words_cut_to_what_a_frame_holds() {
    source.fault = new IllegalStateException("x".repeat(500));
    stream.start();
    assertThat(wire.closed.getCloseCode()).isEqualTo(CloseCodes.TRY_AGAIN_LATER);
    assertThat(wire.closed.getReasonPhrase()).hasSize(100);
    assertThat(source.closed).isEqualTo(1);
  }

  @Test
  void a_feed_that_cannot_be_opened_ends_the_stream() {
    source.refusal = new IllegalStateException("no such queue");
    stream.start();
    assertThat(wire.closed.getReasonPhrase()).isEqualTo("no such queue");
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void a_client_that_leaves_before_the_feed_is_open_has_it_closed_after() {
    stream.end(SocketStream.reason(CloseCodes.NORMAL_CLOSURE, ""));
    assertThat(source.closed).isZero();
    stream.start();
    assertThat(source.closed).isEqualTo(1);
    assertThat(wire.sent).isEmpty();
    assertThat(ended).hasSize(1);
  }

  @Test
  void a_server_that_stops_says_so_and_the_feed_is_closed_once() {
    stream.start();
    stream.end(SocketStream.reason(CloseCodes.GOING_AWAY, "the server stops"));
    stream.end(SocketStream.reason(CloseCodes.NORMAL_CLOSURE, ""));
    assertThat(wire.closed.getReasonPhrase()).isEqualTo("the server stops");
    assertThat(source.closed).isEqualTo(1);
    assertThat(ended).hasSize(1);
  }

  /** Forgets what was not asked for in time, as the figures of queues do. */
  private static final class NewestOnly implements MessageSource<StringValue> {
    private Runnable wake = () -> {};
    private String newest = "";
    private RuntimeException fault;
    private RuntimeException refusal;
    private int closed;

    void comes(String value) {
      newest = value;
      wake.run();
    }

    @Override
    public void open(Runnable wakeUp) {
      if (refusal != null) {
        throw refusal;
      }
      wake = wakeUp;
    }

    @Override
    public Optional<StringValue> next() {
      if (fault != null) {
        throw fault;
      }
      String value = newest;
      newest = "";
      return value.isEmpty() ? Optional.empty() : Optional.of(StringValue.of(value));
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** A client that takes a message when the test says so. */
  private static final class Wire implements Socket {
    private final List<String> sent = new ArrayList<>();
    private Consumer<Boolean> done;
    private CloseReason closed;

    void taken(boolean arrived) {
      done.accept(arrived);
    }

    @Override
    public void send(String text, Consumer<Boolean> whenDone) {
      sent.add(text);
      done = whenDone;
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }
  }
}
