package io.tasklane.launcher.broker;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.DiskRoom;
import io.tasklane.launcher.folder.FolderTree;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.FreePort;
import io.tasklane.launcher.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message broker: Artemis on loopback, its journal in the data folder. */
public final class Broker implements Component {
  private final ServerFolder server;
  private final DataFolder data;
  private final int port;
  private final List<String> sharing;

  /**
   * A broker that is not running yet.
   *
   * @param server where its libraries and settings are
   * @param data where its journal is
   * @param port where it listens on 127.0.0.1
   * @param sharing flags about archives of classes
   */
  public Broker(ServerFolder server, DataFolder data, int port, List<String> sharing) {
    this.server = server;
    this.data = data;
    this.port = port;
    this.sharing = sharing;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public String title() {
    return "The broker";
  }

  /** Where clients find it. */
  public String url() {
    return "tcp://" + Addresses.HOST + ":" + port;
  }

  @Override
  public ProcessBuilder command() throws IOException {
    Path work = data.work(name());
    new FolderTree(work).delete();
    Files.createDirectories(work);
    List<String> flags = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    flags.addAll(sharing);
    List<Path> classPath = new ArrayList<>(List.of(server.launcherJar()));
    classPath.addAll(server.brokerJars());
    List<String> arguments = List.of(server.conf("broker.xml").toString());
    return new JavaCommand(flags, classPath, properties(), BrokerMain.class, arguments)
        .in(work, data.log(name()));
  }

  // Artemis puts the values into the text of broker.xml before it reads that as XML.
  private Map<String, String> properties() {
    String folder = data.broker().toString().replace("&", "&amp;").replace("<", "&lt;");
    return Map.of(
        "tasklane.broker.port", Integer.toString(port),
        "tasklane.broker.data", folder,
        "java.util.logging.config.file", server.conf("broker-logging.properties").toString());
  }

  @Override
  public boolean ready(long pid) {
    return FreePort.answers(port);
  }

  @Override
  public Optional<String> lacks() {
    return DiskRoom.lackedBy(data, data.broker());
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(1);
  }
}
