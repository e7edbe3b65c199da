package io.tasklane.launcher.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with everything in it.
 *
 * @param root the folder
 */
public record FolderTree(Path root) {

  /** Removes it, if it is there; links are removed, not followed. */
  public void delete() throws IOException {
    if (Files.exists(root)) {
      for (Path path : paths().stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Copies it to a place where nothing is yet. */
  public void copyTo(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    for (Path path : paths()) {
      Files.copy(path, target.resolve(root.relativize(path).toString()));
    }
  }

  private List<Path> paths() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.toList();
    }
  }
}
