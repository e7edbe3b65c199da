package io.tasklane.launcher.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Payara's boot jar. Its manifest opens packages of the JDK, which Java honours only for {@code
 * java -jar}; on a class path they must be flags, or Payara deploys nothing and does not say so.
 *
 * @param path the jar
 */
record PayaraJar(Path path) {

  List<String> openings() throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      List<String> flags =
          new ArrayList<>(flags("--add-exports", manifest.getValue("Add-Exports")));
      flags.addAll(flags("--add-opens", manifest.getValue("Add-Opens")));
      return flags;
    }
  }

  private static List<String> flags(String flag, String packages) {
    return Stream.of(packages.split(" ")).map(name -> flag + "=" + name + "=ALL-UNNAMED").toList();
  }
}
