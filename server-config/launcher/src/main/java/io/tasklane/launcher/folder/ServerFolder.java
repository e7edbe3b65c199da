package io.tasklane.launcher.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built server, read-only while it runs.
 *
 * @param root the folder itself
 */
public record ServerFolder(Path root) {

  /** The folder that the running launcher's own jar lies in. */
  public static ServerFolder ofThisLauncher() {
    try {
      Path jar =
          Path.of(ServerFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ServerFolder(jar.toAbsolutePath().getParent());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The launcher's jar, which also carries the main classes of broker and node. */
  public Path launcherJar() {
    return root.resolve("tasklane-launcher.jar");
  }

  /** The broker's libraries, in one stable order: an archive of classes is bound to it. */
  public List<Path> brokerJars() {
    return jars(root.resolve("broker"));
  }

  /** The application's libraries that hold no beans, in one stable order. */
  public List<Path> libraries() {
    return jars(libraryFolder());
  }

  /** The folder of {@link #libraries}. */
  public Path libraryFolder() {
    return root.resolve("lib");
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Payara Micro, unpacked: {@code launch-micro.jar}, its runtime and a pristine domain. */
  public Path payara() {
    return root.resolve("payara");
  }

  /** PostgreSQL's own {@code bin}, {@code lib} and {@code share}. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** The resource adapter, deployed before the application. */
  public Path resourceAdapter() {
    return root.resolve("artemis-ra.rar");
  }

  /** The application: its own files and the jars with beans, without {@link #libraries}. */
  public Path application() {
    return root.resolve("tasklane.war");
  }

  /** A configuration file that ships with the server. */
  public Path conf(String name) {
    return root.resolve("conf").resolve(name);
  }

  /** The class-data archive of one of the Java processes; it may be missing. */
  public Path archive(String component) {
    return root.resolve("archives").resolve(component + ".jsa");
  }
}
