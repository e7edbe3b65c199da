package io.tasklane.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The classes that the rules are held against. */
final class House {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private House() {}

  /** The compiled classes of every module. */
  static JavaClasses everything() {
    return new ClassFileImporter().importPaths(compiled());
  }

  /** The modules that have Java sources of their own. */
  static List<String> modulesWithSources() {
    return Home.MODULES.stream()
        .filter(
            module ->
                places(module).anyMatch(place -> Files.isDirectory(place.resolve("src/main/java"))))
        .toList();
  }

  /** All but the generated ones: they need no rule, and are found where somebody refers to them. */
  private static List<Path> compiled() {
    return Home.MODULES.stream()
        .filter(module -> !module.equals("proto"))
        .flatMap(House::places)
        .map(module -> module.resolve("target/classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  private static Stream<Path> places(String module) {
    return Stream.of(ROOT.resolve(module), ROOT.resolve("server-config").resolve(module));
  }

  /** How many source files each package of each module has, by its folder; tests not counted. */
  static Map<String, Long> filesByPackage() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    for (Path module : Home.MODULES.stream().flatMap(House::places).toList()) {
      Path sources = module.resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> all = Files.walk(sources)) {
          all.filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .forEach(
                  file -> files.merge(ROOT.relativize(file.getParent()).toString(), 1L, Long::sum));
        }
      }
    }
    return files;
  }

  /** The classes that break one rule each. */
  static JavaClasses fixtures() {
    return new ClassFileImporter()
        .importPath(Path.of("target/test-classes/io/tasklane/architecture/fixture"));
  }
}
