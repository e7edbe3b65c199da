package io.tasklane.payara;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A domain like the one that the server comes with, but for its ports.
 *
 * @param folder of all domains
 * @param adminPort of asadmin and the console
 * @param httpPort of applications
 */
record Domain(Path folder, int adminPort, int httpPort) {
  static final String NAME = "tasklane";
  private static final Pattern PORT = Pattern.compile("(port|value)=\"(\\d{4})\"");

  /** Copies the domain of the program. */
  static Domain create(Path program, Path folder) throws IOException, CannotStart {
    copy(program.resolve("glassfish/domains/domain1"), folder.resolve(NAME));
    Domain domain = new Domain(folder, FreePort.pick(), FreePort.pick());
    domain.renumber();
    return domain;
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        Files.copy(each, target);
      }
    }
  }

  /** Every port of four digits, so that the test meets no other server of the machine. */
  private void renumber() throws IOException, CannotStart {
    Path file = root().resolve("config/domain.xml");
    String text = Files.readString(file);
    StringBuilder renumbered = new StringBuilder();
    Matcher matcher = PORT.matcher(text);
    while (matcher.find()) {
      int port =
          switch (matcher.group(2)) {
            case "4848" -> adminPort;
            case "8080" -> httpPort;
            default -> FreePort.pick();
          };
      matcher.appendReplacement(renumbered, matcher.group(1) + "=\"" + port + "\"");
    }
    Files.writeString(file, matcher.appendTail(renumbered));
  }

  Path root() {
    return folder.resolve(NAME);
  }

  Path log() {
    return root().resolve("logs/server.log");
  }

  /** Its process, while it runs. */
  Optional<ProcessHandle> process() {
    try {
      return ProcessHandle.of(
          Long.parseLong(Files.readString(root().resolve("config/pid")).strip()));
    } catch (IOException | NumberFormatException notStarted) {
      return Optional.empty();
    }
  }
}
