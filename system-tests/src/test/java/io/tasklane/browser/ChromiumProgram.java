package io.tasklane.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The browser's program: the machine's own where it has one, else the one that comes as an npm
 * package with its libraries, which is installed when it is first needed.
 *
 * @param path what to run
 * @param environment what it needs beside it
 */
record ChromiumProgram(Path path, Map<String, String> environment) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
  private static final Duration INSTALL = Duration.ofMinutes(10);

  /**
   * Finds or installs it.
   *
   * @param folder with package.json and unpack.mjs; the npm package is installed there
   */
  static ChromiumProgram find(Path folder) {
    Optional<Path> installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return installed
        .map(path -> new ChromiumProgram(path, Map.of()))
        .orElseGet(() -> unpacked(folder));
  }

  private static ChromiumProgram unpacked(Path folder) {
    Path unpacked = folder.resolve("chromium");
    Path program = unpacked.resolve("chromium");
    if (!Files.isExecutable(program)) {
      run(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts");
      run(folder, "node", "unpack.mjs", unpacked.toString());
    }
    return new ChromiumProgram(
        program,
        Map.of(
            "LD_LIBRARY_PATH", unpacked.resolve("lib").toString(),
            "FONTCONFIG_FILE", unpacked.resolve("fonts.conf").toString()));
  }

  private static void run(Path folder, String... words) {
    try {
      Path log = Files.createTempFile("chromium", ".log");
      ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      boolean ended = process.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(log);
      Files.delete(log);
      if (!ended || process.exitValue() != 0) {
        throw missing(String.join(" ", words) + " failed:\n" + said, null);
      }
    } catch (IOException failed) {
      throw missing(failed.getMessage(), failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw missing("interrupted", stop);
    }
  }

  static IllegalStateException missing(String why, Exception cause) {
    return new IllegalStateException(
        "This test needs Chromium and could not get it. Install it so that it is on the PATH"
            + " (Debian: apt-get install chromium), or let npm reach its registry from Linux on"
            + " x86-64. "
            + why,
        cause);
  }
}
