package io.tasklane.legacy;

import jakarta.jms.ConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Apache Qpid JMS, which speaks AMQP 1.0. */
public final class AmqpClient extends JmsClient {
  private final String broker;

  public AmqpClient(String broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return "amqp";
  }

  @Override
  ConnectionFactory factory() {
    return new JmsConnectionFactory(
        "amqp://" + broker + "?jms.sendTimeout=5000&jms.connectTimeout=5000");
  }
}
