package io.tasklane.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.time.SettableClock;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalWindowTest {
  private final Map<String, Long> broker = new HashMap<>();
  private final SettableClock clock = new SettableClock();
  private final SignalWindow feed = new SignalWindow(this::depth, clock);
  private int asked;

  private long depth(String queueId) {
    asked++;
    return broker.getOrDefault(queueId, 0L);
  }

  private int send(String queueId, int wanted) throws JMSException {
    int sent = 0;
    for (int i = 0; i < wanted; i++) {
      if (feed.takes(queueId)) {
        sent++;
        broker.merge(queueId, 1L, Long::sum);
      }
    }
    return sent;
  }

  @Test
  void of_a_long_backlog_only_so_many_messages_go_to_the_broker() throws JMSException {
    assertThat(send("Q", 100_000)).isEqualTo(SignalWindow.MOST);
    assertThat(asked).isEqualTo(2);
    assertThat(send("OTHER", 10)).isEqualTo(10);
  }

  @Test
  void what_was_taken_from_the_broker_makes_room_again() throws JMSException {
    send("Q", SignalWindow.MOST + 1);
    broker.put("Q", 400L);
    assertThat(send("Q", 1)).as("it was asked just now").isZero();
    clock.pass(Duration.ofMillis(100));
    assertThat(send("Q", 10_000)).isEqualTo(SignalWindow.MOST - 400);
  }

  @Test
  void where_messages_are_taken_as_fast_as_they_come_none_is_held_back() throws JMSException {
    for (int i = 0; i < 10; i++) {
      assertThat(send("Q", 500)).isEqualTo(500);
      broker.put("Q", 0L);
    }
    assertThat(asked).isEqualTo(5);
  }
}
