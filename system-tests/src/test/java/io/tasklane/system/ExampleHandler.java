package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The example of a handler, and that of the README beside it, built as their reader builds them: by
 * Maven, against an installed core. The repository is one of the tests' own, and what Maven needs
 * comes from that of the build, so that nothing is downloaded and nothing of the machine is
 * changed.
 */
final class ExampleHandler {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final Path WORK = Path.of("target", "example-handler").toAbsolutePath();
  private static final Path REPOSITORY = WORK.resolve("repository");

  private ExampleHandler() {}

  /** The jar of the example project, which is built anew with Maven alone, as a user would. */
  static Path jar() {
    try {
      Path project = WORK.resolve("handler");
      copy(Home.folder().resolve("examples/handler"), project);
      addHandlerOfTheReadme(project);
      install("tasklane", Home.folder());
      install("tasklane-core", Home.folder().resolve("core"));
      build(project);
      return project.resolve("target/word-count.jar");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addHandlerOfTheReadme(Path project) throws IOException {
    String page = Files.readString(Home.folder().resolve("README.md"));
    String begin = "```java\n";
    String code = page.substring(page.indexOf(begin) + begin.length());
    Path folder = project.resolve("src/main/java/com/example/readme");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("Length.java"),
        "package com.example.readme;\n\n" + code.substring(0, code.indexOf("```")));
  }

  /** As `mvn install` does it, which would build all of core again. */
  private static void install(String artifact, Path module) throws IOException {
    Path folder = REPOSITORY.resolve("io/tasklane").resolve(artifact).resolve(VERSION);
    Files.createDirectories(folder);
    String name = artifact + "-" + VERSION;
    Files.write(folder.resolve(name + ".pom"), Files.readAllBytes(module.resolve("pom.xml")));
    Path jar = module.resolve("target").resolve(name + ".jar");
    if (!artifact.equals("tasklane")) {
      Files.write(folder.resolve(name + ".jar"), Files.readAllBytes(jar));
    }
  }

  private static void build(Path project) throws IOException, InterruptedException {
    Path settings = WORK.resolve("settings.xml");
    Files.writeString(
        settings,
        "<settings><mirrors><mirror><id>of-the-build</id><mirrorOf>*</mirrorOf><url>"
            + Home.mavenRepository().toUri()
            + "</url></mirror></mirrors></settings>");
    Path log = WORK.resolve("maven.log");
    Process maven =
        new ProcessBuilder(
                Home.maven().toString(),
                "-B",
                "-q",
                "-s",
                settings.toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                "package")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = maven.waitFor(5, TimeUnit.MINUTES);
    maven.destroyForcibly();
    assertThat(ended && maven.exitValue() == 0).as(Files.readString(log)).isTrue();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(file));
      }
    }
  }
}
