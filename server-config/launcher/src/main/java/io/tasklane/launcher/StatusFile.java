package io.tasklane.launcher;

import io.tasklane.launcher.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the running launcher leaves for {@code server status} and {@code server stop}: a line
 * "name=value" for each field.
 *
 * @param path where
 */
record StatusFile(Path path) {
  /**
   * Fields: the names of the components, the folder of the logs, the handlers' grace in seconds.
   */
  static final String COMPONENTS = "parts";

  static final String LOGS = "logs";
  static final String GRACE = "grace";

  /** The field that only a server has that was ready. */
  static final String READY = "ready";

  static StatusFile in(DataFolder folder) {
    return new StatusFile(folder.run().resolve("status"));
  }

  void write(Map<String, String> fields) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.write(draft, fields.entrySet().stream().map(Object::toString).toList());
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
  }

  void clear() throws IOException {
    Files.deleteIfExists(path);
  }

  /** The fields in their order; none where there is no file. */
  Map<String, String> read() {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(path)) {
        int equals = line.indexOf('=');
        fields.put(line.substring(0, equals), line.substring(equals + 1));
      }
    } catch (IOException notStarted) {
      return Map.of();
    }
    return fields;
  }
}
