package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.fault.Faults;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.Broker;
import io.tasklane.signal.SignalSender;
import io.tasklane.task.Priority;
import io.tasklane.time.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ready signal that cannot be sent keeps no later one from being sent. */
@Timeout(60)
class ThrowingSenderTest {
  private static final QueueKey QUEUE = new QueueKey(1);
  private static final TaskKey NONE_AT_ALL = null;

  @Test
  void after_a_throw_the_sender_goes_on_with_the_next_signal() throws Exception {
    OngoingFaults faults = Faults.here();
    try (EmbeddedBroker there = new EmbeddedBroker();
        Broker broker = new Broker(there.url());
        SignalSender sender = new SignalSender(broker, key -> "Q", Thread::new, faults)) {
      Until.isTrue("it is connected", () -> sender.fault().isEmpty());
      sender.ready(QUEUE, NONE_AT_ALL, Priority.DEFAULT); // no message can be made of that
      Until.isTrue("it has thrown", () -> faults.size() == 1);
      assertThat(faults.all().get(0).work()).isEqualTo("ready signals");
      assertThat(sender.fault()).contains("NullPointerException");
      sender.ready(QUEUE, new TaskKey(7), Priority.DEFAULT);
      Until.isTrue("the next is sent", () -> there.depth("tasklane.queue.Q") == 1);
      Until.isTrue("nothing fails any more", () -> faults.size() == 0);
      assertThat(sender.fault()).isEmpty();
    }
  }
}
