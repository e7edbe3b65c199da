package io.tasklane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;

/**
 * Where a class of ours lives. Modules share package names, so the folder or jar it was read from
 * tells the module; a fixture says its module in its package instead.
 *
 * @param module name of the Maven module's folder
 * @param path its package below {@code io.tasklane}, for example "task.create"
 */
record Home(String module, String path) {
  static final List<String> MODULES =
      List.of(
          "proto",
          "core",
          "trading",
          "engine",
          "ejb",
          "grpc-api",
          "web",
          "cli",
          "clients/java",
          "bench",
          "launcher");

  private static final String ROOT = "io.tasklane.";
  private static final String FIXTURES = ROOT + "architecture.fixture.";

  static Optional<Home> of(JavaClass type) {
    JavaClass plain = type.getBaseComponentType();
    String name = plain.getPackageName() + ".";
    if (name.startsWith(FIXTURES)) {
      return Optional.of(ofFixture(name.substring(FIXTURES.length())));
    }
    return name.startsWith(ROOT)
        ? moduleOf(plain).map(module -> new Home(module, below(name, ROOT)))
        : Optional.empty();
  }

  /** The package right below {@code io.tasklane}: the feature. */
  String feature() {
    return path.split("\\.")[0];
  }

  /** Lives in one of these modules. */
  static DescribedPredicate<JavaClass> in(String... modules) {
    List<String> wanted = List.of(modules);
    return describe(
        "of " + String.join(", ", wanted),
        type -> of(type).filter(home -> wanted.contains(home.module)).isPresent());
  }

  /** Lives in this feature package, of whatever module. */
  static DescribedPredicate<JavaClass> inFeature(String feature) {
    return describe(
        "in io.tasklane." + feature,
        type -> of(type).filter(home -> home.feature().equals(feature)).isPresent());
  }

  /** Is, by its name, what edges may call: a service, or all of them by type. */
  static DescribedPredicate<JavaClass> aService() {
    return describe(
        "a service",
        type ->
            type.getSimpleName().endsWith("Service") || type.getSimpleName().equals("Services"));
  }

  /** Is a class of Tasklane. */
  static DescribedPredicate<JavaClass> ours() {
    return describe("of Tasklane", type -> of(type).isPresent());
  }

  private static Home ofFixture(String rest) {
    int dot = rest.indexOf('.');
    return new Home(
        rest.substring(0, dot).replace("__", "/").replace('_', '-'),
        below(rest, rest.substring(0, dot + 1)));
  }

  private static String below(String name, String prefix) {
    String rest = name.substring(prefix.length());
    return rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private static Optional<String> moduleOf(JavaClass type) {
    return type.getSource()
        .map(source -> source.getUri().toString())
        .flatMap(
            uri ->
                MODULES.stream()
                    .filter(module -> uri.contains("/" + module + "/target/"))
                    .findFirst());
  }
}
