package io.tasklane.bench.faults.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Several nodes on one database and one broker, every part a process of its own that is started
 * again when it dies. Each node reaches database and broker through wires of its own.
 */
public final class Cluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Thread hook = new Thread(this::stop, "stop the servers of bench faults");
  private ServerProcess backbone;
  private String brokerUrl;
  private String databaseUrl;

  private Cluster() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts all of it, one node after the other.
   *
   * @param home the folder of the {@code tasklane} script
   * @param folder for all data and logs
   * @param size how many nodes
   * @param handlers a jar with handlers, where nodes shall have any
   * @param remark hears what goes on
   */
  public static Cluster start(
      Path home, Path folder, int size, Optional<Path> handlers, Consumer<String> remark)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster();
    try {
      remark.accept("starting database and broker ...");
      Map<String, String> addresses = cluster.startBackbone(home, folder);
      for (int i = 1; i <= size; i++) {
        remark.accept("starting node n" + i + " of " + size + " ...");
        cluster.startNode("n" + i, home, folder, handlers, addresses);
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  private Map<String, String> startBackbone(Path home, Path folder)
      throws IOException, InterruptedException {
    backbone =
        keep(
            ServerProcess.start(
                home, folder.resolve("backbone"), List.of("--no-node", "--jms-port", "0")));
    Map<String, String> addresses = backbone.awaitReady();
    brokerUrl = addresses.get("broker-url");
    databaseUrl =
        "%s?user=%s&password=%s"
            .formatted(
                addresses.get("database-url"),
                addresses.get("database-user"),
                Files.readString(Path.of(addresses.get("database-password-file"))).strip());
    return addresses;
  }

  private void startNode(
      String name, Path home, Path folder, Optional<Path> handlers, Map<String, String> addresses)
      throws IOException, InterruptedException {
    String url = addresses.get("database-url");
    Wire database = keep(new Wire(port(url)));
    Wire broker = keep(new Wire(port(brokerUrl)));
    List<String> options = new ArrayList<>();
    handlers.ifPresent(jar -> options.add("--handlers=" + jar));
    options.addAll(
        List.of(
            "--node=" + name,
            "--grpc-port=0",
            "--http-port=0",
            "--database-url=" + through(database, url),
            "--database-user=" + addresses.get("database-user"),
            "--database-password-file=" + addresses.get("database-password-file"),
            "--broker-url=" + through(broker, brokerUrl)));
    ServerProcess server = keep(ServerProcess.start(home, folder.resolve(name), options));
    nodes.add(new ClusterNode(name, server, database, broker, server.awaitReady().get("grpc")));
  }

  private synchronized <P extends AutoCloseable> P keep(P part) {
    parts.add(part);
    return part;
  }

  // Both URLs name a host and a port, "//127.0.0.1:5432".
  private static int port(String url) {
    String behind = url.substring(url.indexOf("//") + 2);
    return Integer.parseInt(behind.replaceFirst("^[^:]*:(\\d+).*$", "$1"));
  }

  private static String through(Wire wire, String url) {
    return url.replaceFirst("//[^:/]*:\\d+", "//" + HOST + ":" + wire.port());
  }

  /** All nodes. */
  public List<ClusterNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** Database and broker, by the names "postgres" and "broker". */
  public ServerProcess backbone() {
    return backbone;
  }

  /** The database itself, past all wires: a JDBC URL with user and password. */
  public String databaseUrl() {
    return databaseUrl;
  }

  /** All processes, launchers too; those of dead nodes are missing. */
  public synchronized Stream<ProcessHandle> processes() {
    return parts.stream()
        .filter(ServerProcess.class::isInstance)
        .flatMap(part -> ((ServerProcess) part).processes());
  }

  /** The broker itself, past all wires. */
  public String brokerUrl() {
    return brokerUrl;
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      return; // The hook runs or has run.
    }
  }

  private synchronized void stop() {
    nodes.forEach(ClusterNode::goOn);
    for (int i = parts.size() - 1; i >= 0; i--) {
      try {
        parts.get(i).close();
      } catch (Exception leftBehind) {
        System.err.println("not stopped: " + leftBehind);
      }
    }
    parts.clear();
  }
}
