package io.tasklane.story;

import io.tasklane.launcher.folder.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The process that Arquillian started, as the system knows it. Arquillian only tells it to end: it
 * does not wait for that, and leaves its copy of the application lying about.
 */
final class ContainerProcess {
  private final ProcessHandle process;
  private final List<String> arguments;

  private ContainerProcess(ProcessHandle process) {
    this.process = process;
    this.arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
  }

  /** Those that use this folder: one while the story is told, none before. */
  static List<ContainerProcess> using(Path folder) {
    String mark = "-Djava.io.tmpdir=" + folder;
    return ProcessHandle.current()
        .children()
        .map(ContainerProcess::new)
        .filter(child -> child.arguments.contains(mark))
        .toList();
  }

  /** Ends it, in good order within the bound and by force after it, and clears up behind it. */
  void end(Duration bound) {
    process.destroy();
    try {
      process.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stillThere) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    copies().forEach(ContainerProcess::delete);
  }

  // Arquillian made FOLDER/deployments/tasklane.war, with the test in it.
  private Stream<Path> copies() {
    int deployed = arguments.indexOf("--deploy") + 1;
    return Stream.of(deployed)
        .filter(index -> index > 0)
        .map(index -> Path.of(arguments.get(index)).getParent().getParent())
        .filter(folder -> folder.getFileName().toString().startsWith("arquillian-payara-micro"));
  }

  private static void delete(Path folder) {
    try {
      new FolderTree(folder).delete();
    } catch (IOException left) {
      throw new UncheckedIOException("left behind: " + folder, left);
    }
  }
}
