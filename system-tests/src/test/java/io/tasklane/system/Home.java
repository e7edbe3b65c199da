package io.tasklane.system;

import java.nio.file.Path;

/** Where the built project is. */
final class Home {
  private Home() {}

  /** The folder of the project, as the build tells it. */
  static Path folder() {
    return Path.of(property("tasklane.home"));
  }

  /** The command that users run. */
  static Path script() {
    return folder().resolve("tasklane");
  }

  /** The foreign client with its installed libraries. */
  static Path node() {
    return Path.of(property("tasklane.node.folder"));
  }

  /** Where a browser is installed to, where the machine has none. */
  static Path browser() {
    return Path.of(property("tasklane.browser.folder"));
  }

  /** Payara Server, as it is unpacked. */
  static Path payaraServer() {
    return Path.of(property("tasklane.payara.server"));
  }

  /** The Maven that builds this. */
  static Path maven() {
    return Path.of(property("tasklane.maven.home"), "bin", "mvn");
  }

  /** Where it keeps what it has downloaded. */
  static Path mavenRepository() {
    return Path.of(property("tasklane.maven.repository"));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run these tests by mvn verify");
    }
    return value;
  }
}
