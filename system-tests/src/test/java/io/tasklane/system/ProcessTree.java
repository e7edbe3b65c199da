package io.tasklane.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Every process of one server: the launcher, its descendants, and the parts that it recorded in its
 * data folder, which may have another parent by now.
 */
final class ProcessTree {
  private final Set<ProcessHandle> processes = new LinkedHashSet<>();

  private ProcessTree() {}

  /** As it is now, the launcher first. */
  static ProcessTree of(Process launcher, Path data) {
    ProcessTree tree = new ProcessTree();
    tree.add(launcher.toHandle());
    tree.recorded(data).forEach(tree::add);
    return tree;
  }

  /** kill -9 for every process that still lives, the launcher first. */
  void kill() {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(ProcessTree::awaitEnd);
  }

  /** Those that live. */
  List<ProcessHandle> living() {
    return processes.stream().filter(ProcessHandle::isAlive).toList();
  }

  private void add(ProcessHandle process) {
    processes.add(process);
    process.descendants().forEach(processes::add);
  }

  // Files "PART.pid" with the process id as first word.
  private List<ProcessHandle> recorded(Path data) {
    Path run = data.resolve("run");
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.toString().endsWith(".pid"))
          .map(ProcessTree::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> read(Path file) {
    try {
      String first = Files.readString(file).strip().split("\\s", 2)[0];
      return ProcessHandle.of(Long.parseLong(first));
    } catch (IOException e) {
      return Optional.empty(); // The launcher took it away in this moment.
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
