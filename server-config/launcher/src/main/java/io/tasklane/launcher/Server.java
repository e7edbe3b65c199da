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
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.FreePort;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The processes of one server, wired to each other by ports and files. */
public final class Server {
  private final Components components;
  private final Optional<Node> node;
  private final Backbone backbone;

  private Server(Components components, Optional<Node> node, Backbone backbone) {
    this.components = components;
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
    List<Component> components = new ArrayList<>();
    Backbone backbone =
        options.joined().isPresent()
            ? options.joined().get()
            : ownBackbone(options, built, archives, say, components);
    Optional<Node> node = Optional.empty();
    if (options.node().isPresent()) {
      node = Optional.of(node(options, built, archives, backbone));
      components.add(node.get());
    }
    return new Server(
        Components.of(options, () -> options.budget(clock), say, components), node, backbone);
  }

  private static Backbone ownBackbone(
      StartOptions options,
      ServerFolder built,
      Archives archives,
      Consumer<String> say,
      List<Component> components)
      throws CannotStart {
    DataFolder data = options.folder();
    int jmsPort = FreePort.orAny(options.jmsPort(), StartArguments.JMS_PORT);
    int databasePort = FreePort.orAny(options.databasePort(), StartArguments.DATABASE_PORT);
    Postgres postgres = new Postgres(built, data, databasePort, say);
    components.add(postgres);
    components.add(new Broker(built, data, jmsPort, archives.flags("broker")));
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
            FreePort.orAny(options.httpPort(), StartArguments.HTTP_PORT),
            options.tradingData(),
            options.asOf(),
            options.grace());
    int grpcPort = FreePort.orZero(options.grpcPort(), StartArguments.GRPC_PORT);
    Application application =
        new Application(built.application(), built.libraries(), options.handlers());
    return new Node(built, application, settings, grpcPort, archives.flags("node"), options.jvm());
  }

  /** What it consists of, for a message. */
  @Override
  public String toString() {
    return components.toString();
  }

  /** The names of its components. */
  List<String> componentNames() {
    return components.names();
  }

  /**
   * Starts all components at once and waits until each serves.
   *
   * @param bound after this a start that is not ready is given up, whatever it still hopes for
   */
  public Addresses start(Duration bound) throws CannotStart {
    components.begin();
    components.awaitReady(bound);
    return new Addresses(node.map(Node::ports), backbone);
  }

  /** Waits until a component is given up; returns why. */
  CannotStart awaitFailure() {
    return components.awaitFailure();
  }

  /** Ends the node, then the broker, then the database, within 10 s in all. */
  public void stop() throws IOException {
    components.stop();
  }
}
