package io.tasklane.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The option {@code --handlers}: jars whose handlers a node runs beside those it is built with. */
final class HandlerJars {
  static final String HANDLERS = "--handlers";

  private HandlerJars() {}

  static List<Path> read(Options options) throws BadOption {
    String value = options.text(HANDLERS, null);
    if (value == null) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    Set<Path> names = new HashSet<>();
    for (String word : value.split(",", -1)) {
      Path jar = jar(word.strip());
      if (!names.add(jar.getFileName())) {
        throw BadOption.value(HANDLERS, value, "jars of different names");
      }
      jars.add(jar);
    }
    return jars;
  }

  private static Path jar(String word) throws BadOption {
    try {
      Path jar = Path.of(word).toAbsolutePath().normalize();
      if (word.endsWith(".jar") && Files.isRegularFile(jar) && Files.isReadable(jar)) {
        return jar;
      }
    } catch (InvalidPathException notAPath) {
      // Falls through to the same refusal as a file that is not there.
    }
    throw BadOption.value(HANDLERS, word, "existing .jar files, separated by commas");
  }
}
