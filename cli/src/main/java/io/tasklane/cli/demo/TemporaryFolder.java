package io.tasklane.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone after use. */
record TemporaryFolder(Path path) implements AutoCloseable {
  private static final int TRIES = 5;

  static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("tasklane-demo-"));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  /** Deletes it; a process that is just ending may still write, so it is tried a few times. */
  @Override
  public void close() {
    for (int i = 1; Files.exists(path); i++) {
      try {
        deleteAll();
      } catch (IOException | UncheckedIOException e) {
        if (i == TRIES) {
          throw new UncheckedIOException(
              "the temporary folder " + path + " cannot be deleted: delete it by hand",
              e instanceof IOException io ? io : ((UncheckedIOException) e).getCause());
        }
      }
    }
  }

  private void deleteAll() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
