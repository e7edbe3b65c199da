package io.tasklane.launcher.broker;

import io.tasklane.launcher.log.PrintedLines;
import io.tasklane.launcher.process.LauncherPipe;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** The broker's process: runs Artemis as {@code broker.xml} says until it is told to stop. */
public final class BrokerMain {

  private BrokerMain() {}

  /**
   * Starts the broker.
   *
   * @param arguments the path of {@code broker.xml}; what it leaves open comes as system properties
   */
  public static void main(String[] arguments) throws Exception {
    PrintedLines.install();
    LauncherPipe.watch();
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfigResourcePath(Path.of(arguments[0]).toUri().toString());
    broker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "stop-broker"));
  }

  private static void stop(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
    } catch (Exception failed) {
      failed.printStackTrace();
    }
  }
}
