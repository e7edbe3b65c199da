package io.tasklane.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A component that is a shell script; it is ready when it has made the file {@code ready}, and
 * lacks something while there is a file {@code full}.
 */
record ShellComponent(String script, Path folder, Duration patience) implements Component {

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public String title() {
    return "The shell";
  }

  @Override
  public ProcessBuilder command() {
    return new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
  }

  @Override
  public Optional<String> lacks() {
    return Files.exists(folder.resolve("full"))
        ? Optional.of("the disk is full")
        : Optional.empty();
  }

  @Override
  public Optional<String> phase() {
    try {
      return Optional.of(Files.readString(folder.resolve("phase")).strip())
          .filter(phase -> !phase.isEmpty());
    } catch (IOException nothingSaid) {
      return Optional.empty();
    }
  }

  @Override
  public boolean ready(long pid) {
    return Files.exists(folder.resolve("ready"));
  }
}
