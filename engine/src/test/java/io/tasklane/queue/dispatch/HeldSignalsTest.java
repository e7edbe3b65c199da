package io.tasklane.queue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A message is acknowledged when its task's run is settled, no sooner and once. */
class HeldSignalsTest {
  private final List<String> acknowledged = new ArrayList<>();
  private final HeldSignals held = new HeldSignals();

  private Message message(String name, long task) {
    return (Message)
        Proxy.newProxyInstance(
            HeldSignalsTest.class.getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getLongProperty")) {
                return task;
              }
              assertThat(method.getName()).isEqualTo("acknowledge");
              acknowledged.add(name);
              return null;
            });
  }

  @Test
  void a_message_is_acknowledged_when_the_run_of_its_task_is_completed_and_no_sooner()
      throws JMSException {
    held.hold(new TaskKey(1), message("a", 1));
    held.hold(new TaskKey(2), message("b", 2));
    held.release(task -> false);
    assertThat(acknowledged).isEmpty();
    held.release(task -> task.value() == 2);
    assertThat(acknowledged).containsExactly("b");
    held.release(task -> true);
    held.release(task -> true);
    assertThat(acknowledged).containsExactly("b", "a");
  }

  @Test
  void of_two_messages_of_one_task_the_later_is_held() throws JMSException {
    held.hold(new TaskKey(1), message("first", 1));
    held.hold(new TaskKey(1), message("again", 1));
    assertThat(acknowledged).containsExactly("first");
    held.release(task -> true);
    assertThat(acknowledged).containsExactly("first", "again");
  }

  @Test
  void no_more_than_256_are_held_and_the_oldest_is_let_go() throws JMSException {
    for (long task = 1; task <= 258; task++) {
      held.hold(new TaskKey(task), message("m" + task, task));
    }
    assertThat(acknowledged).containsExactly("m1", "m2");
    held.release(task -> true);
    assertThat(acknowledged)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 258).mapToObj(task -> "m" + task).toList());
  }

  @Test
  void a_message_in_hand_is_held_while_its_task_runs_and_acknowledged_where_that_is_over()
      throws JMSException {
    new PendingAcknowledgement(null, Optional.of(message("runs", 1)))
        .holdOrAcknowledge(held, task -> task.value() != 1);
    assertThat(acknowledged).isEmpty();
    new PendingAcknowledgement(null, Optional.of(message("over", 2)))
        .holdOrAcknowledge(held, task -> task.value() != 1);
    assertThat(acknowledged).containsExactly("over");
    held.release(task -> task.value() == 1);
    assertThat(acknowledged).containsExactly("over", "runs");
  }
}
