package io.tasklane.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which processes a server consists of, kept in files so that a later launcher finds them. */
public final class RunRecord {
  /** The launcher's own entry. */
  public static final String LAUNCHER = "launcher";

  private static final String SUFFIX = ".pid";
  private final Path folder;

  /**
   * The record of one data folder.
   *
   * @param folder its {@code run} folder
   */
  public RunRecord(Path folder) {
    this.folder = folder;
  }

  /** Notes the process that now is that part. */
  public void write(String part, ProcessId process) throws IOException {
    Path draft = folder.resolve(part + SUFFIX + ".new");
    Files.writeString(draft, process.pid() + " " + process.birth() + "\n");
    Files.move(draft, folder.resolve(part + SUFFIX), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** The process noted for that part, whether it lives or not. */
  public Optional<ProcessId> read(String part) {
    try {
      String[] fields = Files.readString(folder.resolve(part + SUFFIX)).strip().split(" ", 2);
      return Optional.of(new ProcessId(Long.parseLong(fields[0]), fields[1]));
    } catch (IOException | RuntimeException missingOrTorn) {
      return Optional.empty();
    }
  }

  /** All parts whose noted process lives, by name. */
  public Map<String, ProcessId> living() {
    Map<String, ProcessId> living = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .forEach(
              part ->
                  read(part)
                      .filter(ProcessId::alive)
                      .ifPresent(process -> living.put(part, process)));
    } catch (IOException noRunFolder) {
      return Map.of();
    }
    return living;
  }

  /** Forgets a part whose process is gone. */
  public void remove(String part) throws IOException {
    Files.deleteIfExists(folder.resolve(part + SUFFIX));
  }
}
