package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script at the repository's root, as far as it decides before a program runs. */
class TasklaneScriptTest {
  private static final Path SCRIPT = Path.of("../../tasklane").toAbsolutePath().normalize();
  @TempDir Path folder;

  private record Ending(int code, String error) {}

  private Ending run(Path script, String javaHome) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(script.toString(), "server", "status");
    builder.directory(folder.toFile()).environment().put("JAVA_HOME", javaHome);
    Process process = builder.start();
    process.getOutputStream().close();
    String error = new String(process.getErrorStream().readAllBytes());
    return new Ending(process.waitFor(), error);
  }

  private Path jdk(String version) throws Exception {
    Path home = folder.resolve("jdk-" + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho this java was run >&2\nexit 7\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void a_java_that_is_too_old_is_refused_by_version() throws Exception {
    assertThat(run(SCRIPT, jdk("11.0.2").toString()))
        .isEqualTo(
            new Ending(
                1,
                "tasklane: %s/bin/java is version 11; Tasklane needs a JDK 17 or newer: set JAVA_HOME\n"
                    .formatted(folder.resolve("jdk-11.0.2"))));
  }

  @Test
  void a_java_home_without_java_is_named() throws Exception {
    Ending ending = run(SCRIPT, "/no/such/jdk");

    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.error()).contains("JAVA_HOME is /no/such/jdk");
  }

  @Test
  void through_a_link_and_from_any_folder_it_finds_its_repository() throws Exception {
    Path root = Files.createDirectories(folder.resolve("repository"));
    Path copy = Files.copy(SCRIPT, root.resolve("tasklane"));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path built = root.resolve("server-config/launcher/target/server/tasklane-launcher.jar");
    Files.createDirectories(built.getParent());
    Files.createFile(built);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("repository/tasklane"));

    assertThat(run(link, jdk("17.0.1").toString())).isEqualTo(new Ending(7, "this java was run\n"));
  }
}
