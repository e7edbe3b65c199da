package io.tasklane.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Says to the process that started this one that the API is served, and where: a properties file
 * that is there whole or not at all.
 *
 * @param path of the file; its folder exists
 */
public record ReadyFile(Path path) {

  /** Writes {@code grpc.port=N}. */
  public void write(int grpcPort) {
    Path absolute = path.toAbsolutePath();
    try {
      Path draft = Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", "");
      Files.writeString(draft, "grpc.port=" + grpcPort + "\n");
      Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "tasklane.ready-file = \""
              + path
              + "\" cannot be written: its folder must exist and be"
              + " writable",
          failure);
    }
  }

  /** Takes it away again: nothing is served any more. */
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      throw new UncheckedIOException("tasklane.ready-file cannot be removed", failure);
    }
  }
}
