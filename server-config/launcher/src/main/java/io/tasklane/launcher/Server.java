package io.tasklane.launcher;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.broker.Broker;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.node.Application;
import io.tasklane.launcher.node.Node;
import io.tasklane.launcher.node.NodeSettings;
import io.tasklane.launcher.postgres.Postgres;
import io.tasklane.launcher.process.Archives;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.launcher.process.Part;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The processes of one server, wired to each other by ports and files. */
public final class Server {
  private final Parts parts;
  private final Optional<Node> node;
  private final Backbone backbone;

  private Server(Parts parts, Optional<Node> node, Backbone backbone) {
    this.parts = parts;
    this.node = node;
    this.backbone = backbone;
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
    List<Part> parts = new ArrayList<>();
    Backbone backbone =
        options.joined().isPresent()
            ? options.joined().get()
            : ownBackbone(options, built, archives, say, parts);
    Optional<Node> node = Optional.empty();
    if (options.node().isPresent()) {
      node = Optional.of(node(options, built, archives, backbone));
      parts.add(node.get());
    }
    return new Server(Parts.of(options, () -> options.budget(clock), say, parts), node, backbone);
  }

  private static Backbone ownBackbone(
      StartOptions options,
      ServerFolder built,
      Archives archives,
      Consumer<String> say,
      List<Part> parts)
      throws CannotStart {
    DataFolder data = options.folder();
    int jmsPort = FreePort.orAny(options.jmsPort(), "--jms-port");
    int databasePort = FreePort.orAny(options.databasePort(), "--database-port");
    Postgres postgres = new Postgres(built, data, databasePort, say);
    parts.add(postgres);
    parts.add(new Broker(built, data, jmsPort, archives.flags("broker")));
    return new Backbone(
        postgres.url(),
        postgres.user(),
        Optional.of(postgres.passwordFile()),
        Addresses.HOST,
        jmsPort);
  }

  private static Node node(
      StartOptions options, ServerFolder built, Archives archives, Backbone backbone)
      throws CannotStart {
    NodeSettings settings =
        new NodeSettings(
            options.node().orElseThrow(),
            options.folder(),
            backbone,
            FreePort.orAny(options.httpPort(), "--http-port"),
            options.tradingData(),
            options.asOf(),
            options.grace());
    int grpcPort = FreePort.orZero(options.grpcPort(), "--grpc-port");
    Application application =
        new Application(built.application(), built.libraries(), options.handlers());
    return new Node(built, application, settings, grpcPort, archives.flags("node"), options.jvm());
  }

  /** What it consists of, for a message. */
  @Override
  public String toString() {
    return parts.toString();
  }

  /** The names of its parts. */
  List<String> partNames() {
    return parts.names();
  }

  /**
   * Starts all parts at once and waits until each serves.
   *
   * @param bound after this a start that is not ready is given up, whatever it still hopes for
   */
  public Addresses start(Duration bound) throws CannotStart {
    parts.begin();
    parts.awaitReady(bound);
    return new Addresses(node.map(Node::ports), backbone);
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
