package io.tasklane.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A part that is a shell script; it is ready when it has made the file {@code ready}. */
record ShellPart(String script, Path folder, Duration patience) implements Part {

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
  public boolean ready(long pid) {
    return Files.exists(folder.resolve("ready"));
  }
}
