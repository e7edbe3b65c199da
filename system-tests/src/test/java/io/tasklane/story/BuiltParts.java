package io.tasklane.story;

import io.tasklane.launcher.folder.ServerFolder;
import java.nio.file.Path;

/** What the build has made and the story runs. */
final class BuiltParts {
  private BuiltParts() {}

  /** The WAR as it is delivered. */
  static Path application() {
    return home().resolve("web/target/tasklane.war");
  }

  /** The server's folder, with PostgreSQL, the broker and the resource adapter. */
  static ServerFolder server() {
    return new ServerFolder(home().resolve("server-config/launcher/target/server"));
  }

  /** Payara Micro in one jar, which is the only way that Arquillian starts it. */
  static Path payaraMicro() {
    return home().resolve("server-config/launcher/target/parts/payara-micro.jar");
  }

  private static Path home() {
    String home = System.getProperty("tasklane.home");
    if (home == null) {
      throw new IllegalStateException("tasklane.home is not set: run the story by mvn verify");
    }
    return Path.of(home);
  }
}
