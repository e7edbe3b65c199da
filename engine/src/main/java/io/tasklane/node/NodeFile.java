package io.tasklane.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The locked file that proves, on this host, that a node's process is alive: the lock ends with the
 * process, however that ends.
 */
final class NodeFile implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NodeFile.class.getName());

  /** Those who check the file hold it for a moment; a living node holds it all the time. */
  private static final int TRIES = 20;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * The files this process holds. Closing any handle of such a file would release its lock, so none
   * is opened a second time.
   */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final LockFile file;
  private final FileChannel channel;

  private NodeFile(LockFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks the node's file.
   *
   * @throws IllegalStateException if a living process holds it
   */
  static NodeFile lock(Path dataDir, String node) {
    try {
      Path path = Files.createDirectories(dataDir.resolve("nodes")).resolve(node + ".lock");
      if (!Files.exists(path) || !HELD.contains(idOf(path))) {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
          LockFile file = new LockFile(Host.here(), path.toAbsolutePath().toString(), idOf(path));
          HELD.add(file.id());
          return new NodeFile(file, channel);
        }
        channel.close();
      }
      throw new IllegalStateException(
          "node "
              + node
              + " runs already with "
              + dataDir
              + "; stop it, or set tasklane.node to another name");
    } catch (IOException failed) {
      throw new IllegalStateException(
          "the lock file of node " + node + " in " + dataDir + " cannot be written", failed);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    for (int attempt = 1; channel.tryLock() == null; attempt++) {
      if (attempt == TRIES) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private static String idOf(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? "" : key.toString();
  }

  /**
   * Whether the process that held this file has certainly ended. The check takes a shared lock, so
   * that several checks do not disturb each other.
   */
  static boolean isFree(LockFile file) {
    if (!file.host().equals(Host.here()) || file.id().isEmpty() || HELD.contains(file.id())) {
      return false;
    }
    try {
      Path path = Path.of(file.path());
      return idOf(path).equals(file.id()) && isFree(path);
    } catch (IOException | InvalidPathException | OverlappingFileLockException unsure) {
      LOG.log(Level.FINEST, "no proof at " + file.path(), unsure);
      return false;
    }
  }

  private static boolean isFree(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock != null;
    }
  }

  /** What other nodes need to check it. */
  LockFile file() {
    return file;
  }

  /** Releases the lock, which otherwise ends with the process. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException goesWithTheProcess) {
      LOG.log(Level.FINE, "closing " + file.path(), goesWithTheProcess);
    }
    HELD.remove(file.id());
  }
}
