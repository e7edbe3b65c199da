package io.tasklane.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;

/**
 * The value of {@code --handlers}: jars whose handlers a node runs beside those it is built with.
 *
 * @param files absolute, no two of one name
 */
record HandlerJars(List<Path> files) {

  static final class Converter implements ITypeConverter<HandlerJars> {
    @Override
    public HandlerJars convert(String value) {
      List<Path> jars = new ArrayList<>();
      Set<Path> names = new HashSet<>();
      for (String word : value.split(",", -1)) {
        Path jar = jar(word.strip());
        if (!names.add(jar.getFileName())) {
          throw OptionValues.refused(value, "jars of different names");
        }
        jars.add(jar);
      }
      return new HandlerJars(jars);
    }

    private static Path jar(String word) {
      try {
        Path jar = Path.of(word).toAbsolutePath().normalize();
        if (word.endsWith(".jar") && Files.isRegularFile(jar) && Files.isReadable(jar)) {
          return jar;
        }
      } catch (InvalidPathException notAPath) {
        // Falls through to the same refusal as a file that is not there.
      }
      throw OptionValues.refused(word, "existing .jar files, separated by commas");
    }
  }
}
