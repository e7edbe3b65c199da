package io.tasklane.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A real broker in this process, which delivers the messages of a queue again for ever. */
final class EmbeddedBroker implements AutoCloseable {
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final String url;

  EmbeddedBroker() throws Exception {
    url = "tcp://127.0.0.1:" + freePort();
    broker.setConfiguration(
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("core", url + "?protocols=CORE")
            .addAddressSetting(
                "tasklane.queue.#",
                new AddressSettings().setMaxDeliveryAttempts(-1).setRedeliveryDelay(0)));
    broker.start();
  }

  String url() {
    return url;
  }

  /** How many messages of this address nobody has acknowledged. */
  long depth(String address) {
    var queue = broker.getActiveMQServer().locateQueue(address);
    return queue == null ? 0 : queue.getMessageCount();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    broker.stop();
  }
}
