package io.tasklane.launcher;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the running launcher leaves for {@code server status}: its addresses, from the moment it is
 * ready.
 *
 * @param path where
 */
record StatusFile(Path path) {

  static StatusFile in(DataFolder folder) {
    return new StatusFile(folder.run().resolve("ready"));
  }

  void write(Addresses addresses) throws IOException {
    Files.writeString(path, addresses.inFull() + "\n");
  }

  void clear() throws IOException {
    Files.deleteIfExists(path);
  }

  Optional<String> read() {
    try {
      return Optional.of(Files.readString(path).strip());
    } catch (IOException notReady) {
      return Optional.empty();
    }
  }
}
