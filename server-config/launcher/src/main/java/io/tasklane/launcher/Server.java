package io.tasklane.launcher;

import io.tasklane.launcher.broker.Broker;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.node.Application;
import io.tasklane.launcher.node.Node;
import io.tasklane.launcher.node.NodeSettings;
import io.tasklane.launcher.postgres.Postgres;
import io.tasklane.launcher.process.Archives;
import io.tasklane.launcher.process.FreePort;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** The three processes of one server, wired to each other by ports and files. */
public final class Server {
  private final Parts parts;
  private final Node node;
  private final int httpPort;
  private final int jmsPort;

  private Server(Parts parts, Node node, int httpPort, int jmsPort) {
    this.parts = parts;
    this.node = node;
    this.httpPort = httpPort;
    this.jmsPort = jmsPort;
  }

  /**
   * A server that is not running yet; its ports are chosen and were free a moment ago.
   *
   * @param options what was asked for
   * @param built where its programs are
   * @param archives what makes it start fast
   * @param clock counts restarts
   * @param say hears what an operator should know
   */
  public static Server assemble(
      StartOptions options,
      ServerFolder built,
      Archives archives,
      Clock clock,
      Consumer<String> say)
      throws CannotStart, IOException {
    int httpPort = FreePort.orAny(options.httpPort(), "--http-port");
    int jmsPort = FreePort.orAny(options.jmsPort(), "--jms-port");
    int grpcPort = FreePort.orZero(options.grpcPort(), "--grpc-port");
    DataFolder data = new DataFolder(options.data());
    Postgres postgres = new Postgres(built, data, FreePort.pick(), say);
    Broker broker = new Broker(built, data, jmsPort, archives.flags("broker"));
    NodeSettings settings = settings(options, postgres, broker, httpPort, jmsPort);
    Application application = new Application(built.application(), options.handlers());
    Node node = new Node(built, application, settings, grpcPort, archives.flags("node"));
    return new Server(Parts.of(data, clock, say, postgres, broker, node), node, httpPort, jmsPort);
  }

  private static NodeSettings settings(
      StartOptions options, Postgres postgres, Broker broker, int httpPort, int jmsPort) {
    return new NodeSettings(
        options.node(),
        new DataFolder(options.data()),
        postgres.url(),
        postgres.user(),
        postgres.passwordFile(),
        broker.url(),
        jmsPort,
        httpPort,
        options.tradingData(),
        options.asOf());
  }

  /**
   * Starts all parts at once and waits until each serves.
   *
   * @param bound after this a start that is not ready is given up, whatever it still hopes for
   */
  public Addresses start(Duration bound) throws CannotStart {
    parts.begin();
    parts.awaitReady(bound);
    return new Addresses(node.grpcPort(), httpPort, jmsPort);
  }

  /** Waits until a part is given up; returns why. */
  CannotStart awaitFailure() {
    return parts.awaitFailure();
  }

  /** Ends the node, then the broker, then the database, within 10 s in all. */
  public void stop() throws IOException {
    parts.stop();
  }
}
