package io.tasklane.launcher.node;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The application's word to the launcher: a properties file that appears, whole, when it serves
 * ({@code grpc.port=9090}) or knows that it never will ({@code error=} and why).
 *
 * @param path where it appears
 */
record ReadyFile(Path path) {

  /** Takes back what an earlier process said. */
  void clear() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Says that the application will not serve, unless it has spoken for itself. */
  void refuse(String reason) throws IOException {
    if (!Files.exists(path)) {
      Path draft = path.resolveSibling(path.getFileName() + ".refused");
      Files.writeString(draft, "error=" + reason + "\n");
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The port the API listens on; empty while the application starts. */
  OptionalInt grpcPort() throws CannotStart {
    Properties said = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      said.load(reader);
    } catch (IOException notYet) {
      return OptionalInt.empty();
    }
    if (said.containsKey("error")) {
      throw new CannotStart("the application does not start: " + said.getProperty("error"));
    }
    return port(said.getProperty("grpc.port", ""));
  }

  private OptionalInt port(String text) throws CannotStart {
    try {
      return OptionalInt.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException broken) {
      throw new CannotStart(path + " names no grpc.port; this is an error of the application");
    }
  }
}
