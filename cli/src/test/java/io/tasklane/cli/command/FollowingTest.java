package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private final List<String> read = new ArrayList<>();

  private boolean all(String message) {
    return read.add(message);
  }

  /** A stream of these messages, which then breaks off. */
  private static Iterator<String> cut(Status status, String... messages) {
    Iterator<String> delivered = List.of(messages).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (!delivered.hasNext()) {
          throw status.asRuntimeException();
        }
        return true;
      }

      @Override
      public String next() {
        return delivered.next();
      }
    };
  }

  @Test
  void a_stream_that_ends_after_messages_has_delivered() {
    assertThat(Following.read(List.of("a", "b").iterator(), this::all)).isTrue();
    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void an_empty_stream_has_not() {
    assertThat(Following.read(List.<String>of().iterator(), this::all)).isFalse();
  }

  @Test
  void a_stream_that_is_cut_after_messages_is_one_that_ended() {
    assertThat(Following.read(cut(Status.UNAVAILABLE, "a"), this::all)).isTrue();
  }

  @Test
  void a_server_that_is_not_there_is_an_error() {
    assertThatThrownBy(() -> Following.read(cut(Status.UNAVAILABLE), this::all))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void a_refusal_is_an_error_also_after_messages() {
    assertThatThrownBy(() -> Following.read(cut(Status.OUT_OF_RANGE, "a"), this::all))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void after_enough_messages_nothing_more_is_asked_for() {
    assertThat(Following.read(cut(Status.INTERNAL, "a"), message -> false)).isTrue();
  }
}
