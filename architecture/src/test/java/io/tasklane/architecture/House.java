package io.tasklane.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** The classes that break one rule each. */
  static JavaClasses fixtures() {
    return new ClassFileImporter()
        .importPath(Path.of("target/test-classes/io/tasklane/architecture/fixture"));
  }
}
