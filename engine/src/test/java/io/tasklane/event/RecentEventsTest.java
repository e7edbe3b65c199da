package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The newest events in memory are few, however many and however large they are. */
class RecentEventsTest {
  private static final ResumeToken BEGIN = new ResumeToken("g", 0, 0);
  private final RecentEvents ring = new RecentEvents(100, 1_000, BEGIN);

  @Test
  void it_keeps_so_many_events() {
    add(1, 250, 1);
    assertThat(ring.after(token(150), 500).orElseThrow()).hasSize(100);
    assertThat(ring.after(token(149), 500)).isEmpty();
    assertThat(ring.after(token(200), 7).orElseThrow())
        .extracting(LogEvent::sequence)
        .containsExactly(201L, 202L, 203L, 204L, 205L, 206L, 207L);
    assertThat(ring.top()).isEqualTo(token(250));
  }

  @Test
  void it_keeps_so_much_data_and_always_the_newest_event() {
    add(1, 50, 100);
    assertThat(ring.data()).isEqualTo(1_000);
    assertThat(ring.after(token(40), 500).orElseThrow()).hasSize(10);
    assertThat(ring.after(token(39), 500)).isEmpty();
    add(51, 51, 5_000);
    assertThat(ring.after(token(50), 500).orElseThrow()).hasSize(1);
    assertThat(ring.after(token(49), 500)).isEmpty();
    add(52, 52, 1);
    assertThat(ring.data()).isEqualTo(1);
  }

  @Test
  void it_begins_anew_behind_a_position() {
    add(1, 150, 10);
    ring.restart(token(1_000));
    assertThat(ring.data()).isZero();
    assertThat(ring.top()).isEqualTo(token(1_000));
    assertThat(ring.after(token(150), 500)).as("what lies between is not here").isEmpty();
    assertThat(ring.after(token(1_000), 500).orElseThrow()).isEmpty();
    add(1_001, 1_002, 1);
    assertThat(ring.after(token(1_000), 500).orElseThrow()).hasSize(2);
  }

  private void add(int first, int last, int size) {
    ring.add(
        IntStream.rangeClosed(first, last)
            .mapToObj(
                i ->
                    new LogEvent(
                        i,
                        i,
                        "t.t",
                        "s",
                        "",
                        Optional.empty(),
                        "x".repeat(size),
                        "",
                        Instant.EPOCH))
            .toList());
  }

  private static ResumeToken token(long position) {
    return new ResumeToken("g", position, position);
  }
}
