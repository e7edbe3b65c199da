package io.tasklane.queue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.jms.IllegalStateException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingAcknowledgementTest {
  /** A message whose session was closed by the loss of its connection. */
  private static Message ofClosedSession() {
    return (Message)
        Proxy.newProxyInstance(
            PendingAcknowledgementTest.class.getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("AMQ219019: Session is closed");
            });
  }

  @Test
  void a_broker_that_goes_does_not_come_between_a_claim_and_its_run() {
    PendingAcknowledgement hints = new PendingAcknowledgement(null, Optional.of(ofClosedSession()));
    assertThatCode(hints::next).doesNotThrowAnyException();
    assertThat(hints.hasTask()).isFalse();
  }
}
