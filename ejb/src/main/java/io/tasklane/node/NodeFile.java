package io.tasklane.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The locked file that proves, on this host, that a node's process lives: the lock goes with the
 * process, however it ends.
 */
final class NodeFile implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NodeFile.class.getName());
  private final Path file;
  private final FileChannel channel;

  private NodeFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks the node's file.
   *
   * @throws IllegalStateException where a living process holds it
   */
  static NodeFile lock(Path dataDir, String node) {
    try {
      Path file = Files.createDirectories(dataDir.resolve("nodes")).resolve(node + ".lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new NodeFile(file.toAbsolutePath(), channel);
      }
      channel.close();
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

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  Path path() {
    return file;
  }

  /** Lets go of the lock, which else goes with the process. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException goesWithTheProcess) {
      LOG.log(Level.FINE, "closing " + file, goesWithTheProcess);
    }
  }
}
