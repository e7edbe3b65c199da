package io.tasklane.legacy;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Artemis' own client. */
public final class CoreClient extends JmsClient {
  private final String broker;

  public CoreClient(String broker) {
    this.broker = broker;
  }

  @Override
  public String name() {
    return "core";
  }

  @Override
  ConnectionFactory factory() {
    return new ActiveMQConnectionFactory("tcp://" + broker + "?callTimeout=5000");
  }
}
