package io.tasklane.system;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk of its own for a folder, small enough to be filled: a file system in memory, which only
 * root may mount. It is gone when it is closed, also when the test is broken off.
 */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path ballast;
  private final Thread atExit = new Thread(this::unmount, "unmount");

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /** Mounts one of so many MiB; the test is skipped where that is not allowed. */
  static SmallDisk mount(Path folder, int mebibytes) {
    try {
      Files.createDirectories(folder);
      String size = "size=" + mebibytes + "m";
      String said = run(List.of("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()));
      if (!said.isEmpty()) {
        abort("no small disk: mount says " + said);
      }
    } catch (IOException noSuchCommand) {
      abort("no small disk: " + noSuchCommand.getMessage());
    }
    SmallDisk disk = new SmallDisk(folder);
    Runtime.getRuntime().addShutdownHook(disk.atExit);
    return disk;
  }

  Path folder() {
    return folder;
  }

  /** Leaves so much room, and at no moment more, or what there is where that is less. */
  void leave(long bytes) {
    try (FileChannel file = FileChannel.open(ballast, CREATE, WRITE)) {
      long size = file.size() + Files.getFileStore(folder).getUsableSpace() - bytes;
      file.truncate(Math.max(0, size));
      ByteBuffer block = ByteBuffer.allocate(1 << 16);
      for (long end = file.size(); end < size; end = file.size()) {
        block.clear().limit((int) Math.min(block.capacity(), size - end));
        file.write(block, end);
      }
    } catch (IOException someoneElseTookTheRest) {
      // it is as full as can be
    }
  }

  /** Takes away what {@link #leave} has put there. */
  void empty() throws IOException {
    Files.deleteIfExists(ballast);
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  /** Lazily: a process that lives a moment longer does not keep it. */
  private void unmount() {
    try {
      run(List.of("umount", "--lazy", folder.toString()));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** What the command complains of, empty where it succeeds. */
  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command + " does not end";
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue() == 0
        ? ""
        : command + " ends with " + process.exitValue() + ": " + said;
  }
}
