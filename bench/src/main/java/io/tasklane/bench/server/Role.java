package io.tasklane.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a process of the server is there for. */
enum Role {
  /** The application. */
  NODE("node"),
  /** The messages. */
  BROKER("broker"),
  /** The database: the postmaster and all that it has started. */
  POSTGRES("postgres");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** As figures name it. */
  String word() {
    return word;
  }

  /** The role of this process; empty for another one, such as the launcher. */
  static Optional<Role> of(ProcessHandle process) {
    if (process.info().command().orElse("").endsWith("/postgres")) {
      return Optional.of(POSTGRES);
    }
    String words = words(process);
    for (Role role : new Role[] {NODE, BROKER}) {
      if (words.contains("io.tasklane.launcher." + role.word + ".")) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  // The JDK gives none where the words are longer than a page, as the broker's with its class path.
  private static String words(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException notHere) {
      return process.info().commandLine().orElse("");
    }
  }
}
