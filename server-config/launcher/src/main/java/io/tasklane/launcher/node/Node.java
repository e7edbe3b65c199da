package io.tasklane.launcher.node;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DiskRoom;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A Payara Micro node with the resource adapter and the application. */
public final class Node implements Component {
  private final ServerFolder server;
  private final Application application;
  private final NodeSettings settings;
  private final ReadyFile readyFile;
  private final HttpPort http;
  private final List<String> sharing;
  private final NodeJvm jvm;
  private volatile int grpcPort;

  /**
   * A node that is not running yet.
   *
   * @param server where Payara and the resource adapter are
   * @param application what is deployed
   * @param settings what the application is told
   * @param grpcPort where the API listens; 0: the application picks a free one, and keeps it
   * @param sharing flags about archives of classes
   * @param jvm heap and further flags
   */
  public Node(
      ServerFolder server,
      Application application,
      NodeSettings settings,
      int grpcPort,
      List<String> sharing,
      NodeJvm jvm) {
    this.server = server;
    this.application = application;
    this.settings = settings;
    this.grpcPort = grpcPort;
    this.sharing = sharing;
    this.jvm = jvm;
    this.readyFile = new ReadyFile(settings.readyFile());
    this.http = new HttpPort(settings.httpPort());
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String title() {
    return "The node " + settings.name();
  }

  /** Where it listens, known once it was ready. */
  public Addresses.NodePorts ports() {
    return new Addresses.NodePorts(grpcPort, settings.httpPort());
  }

  @Override
  public ProcessBuilder command() throws IOException {
    readyFile.clear();
    Files.deleteIfExists(settings.phaseFile());
    Path root = settings.data().work(name());
    new NodeRoot(root).renew(server.payara(), server.conf("node-logging.properties"));
    PayaraJar payara = new PayaraJar(server.payara().resolve("launch-micro.jar"));
    List<String> flags = new ArrayList<>(jvm.flags(Runtime.getRuntime().availableProcessors()));
    flags.addAll(sharing);
    flags.addAll(payara.openings());
    flags.addAll(jvm.further());
    List<Path> classPath = new ArrayList<>(List.of(server.launcherJar(), payara.path()));
    classPath.addAll(server.libraries());
    return new JavaCommand(
            flags,
            classPath,
            properties(),
            NodeMain.class,
            arguments(payara, root, application.in(root.resolve("application"))))
        .in(root, settings.data().log(name()));
  }

  private Map<String, String> properties() {
    Map<String, String> all = settings.properties(grpcPort);
    all.put("tasklane.compiler-directives", server.conf("node-compiler.json").toString());
    return all;
  }

  private List<String> arguments(PayaraJar payara, Path root, Path archive) {
    return List.of(
        payara.path().toString(),
        "--rootdir",
        root.toString(),
        "--name",
        name(),
        "--port",
        Integer.toString(settings.httpPort()),
        "--prebootcommandfile",
        server.conf("node-preboot.asadmin").toString(),
        "--disablephonehome",
        "--nohazelcast",
        "--contextroot",
        "/",
        "--deploy",
        server.resourceAdapter().toString(),
        "--deploy",
        archive.toString());
  }

  @Override
  public boolean ready(long pid) throws CannotStart {
    OptionalInt port = readyFile.grpcPort();
    port.ifPresent(served -> grpcPort = served);
    return port.isPresent() && http.serves();
  }

  /** What the application wrote last; before it runs, what NodeMain did. */
  @Override
  public Optional<String> phase() {
    try {
      return Optional.of(Files.readString(settings.phaseFile()).strip())
          .filter(said -> !said.isEmpty());
    } catch (IOException nothingSaidYet) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> lacks() {
    return DiskRoom.lackedBy(settings.data());
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(4);
  }
}
