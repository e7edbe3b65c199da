package io.tasklane.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A real broker in this process, which delivers the messages of a queue again for ever. */
final class EmbeddedBroker implements AutoCloseable {
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final String url;

  EmbeddedBroker() throws Exception {
    this(Optional.empty(), freePort());
  }

  /** Which keeps its messages in this folder, and listens at this port. */
  EmbeddedBroker(Path folder, int port) throws Exception {
    this(Optional.of(folder), port);
  }

  private EmbeddedBroker(Optional<Path> folder, int port) throws Exception {
    url = "tcp://127.0.0.1:" + port;
    broker.setConfiguration(
        in(new ConfigurationImpl(), folder)
            .setPersistenceEnabled(folder.isPresent())
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("core", url + "?protocols=CORE")
            .addAddressSetting(
                "tasklane.queue.#",
                new AddressSettings().setMaxDeliveryAttempts(-1).setRedeliveryDelay(0)));
    broker.start();
  }

  private static Configuration in(Configuration configuration, Optional<Path> folder) {
    return folder.isEmpty()
        ? configuration
        : configuration
            .setJournalBufferTimeout_NIO(100_000) // nanoseconds, as the server's broker has it
            .setJournalDirectory(folder.get().resolve("journal").toString())
            .setBindingsDirectory(folder.get().resolve("bindings").toString())
            .setLargeMessagesDirectory(folder.get().resolve("large").toString())
            .setPagingDirectory(folder.get().resolve("paging").toString());
  }

  String url() {
    return url;
  }

  /** How many messages of this address nobody has acknowledged. */
  long depth(String address) {
    var queue = broker.getActiveMQServer().locateQueue(address);
    return queue == null ? 0 : queue.getMessageCount();
  }

  /** How many messages of this address were acknowledged since the broker's start. */
  long acknowledged(String address) {
    var queue = broker.getActiveMQServer().locateQueue(address);
    return queue == null ? 0 : queue.getMessagesAcknowledged();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    broker.stop();
  }
}
