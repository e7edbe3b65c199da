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

  /** Notes the process that now is that component. */
  public void write(String component, ProcessId process) throws IOException {
    Path draft = folder.resolve(component + SUFFIX + ".new");
    Files.writeString(draft, process.pid() + " " + process.birth() + "\n");
    Files.move(
        draft, folder.resolve(component + SUFFIX), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** The process noted for that component, whether it lives or not. */
  public Optional<ProcessId> read(String component) {
    try {
      String[] fields = Files.readString(folder.resolve(component + SUFFIX)).strip().split(" ", 2);
      return Optional.of(new ProcessId(Long.parseLong(fields[0]), fields[1]));
    } catch (IOException | RuntimeException missingOrTorn) {
      return Optional.empty();
    }
  }

  /** All components whose noted process lives, by name. */
  public Map<String, ProcessId> living() {
    Map<String, ProcessId> living = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .forEach(
              component ->
                  read(component)
                      .filter(ProcessId::alive)
                      .ifPresent(process -> living.put(component, process)));
    } catch (IOException noRunFolder) {
      return Map.of();
    }
    return living;
  }

  /** Forgets a component whose process is gone. */
  public void remove(String component) throws IOException {
    Files.deleteIfExists(folder.resolve(component + SUFFIX));
  }
}
