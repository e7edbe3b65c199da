package io.tasklane.launcher.folder;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second server off a data folder. The system drops the lock with the process, however that
 * ended, so a stale one cannot exist.
 */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the folder, or says which process has it. */
  public static FolderLock take(DataFolder folder) throws CannotStart, IOException {
    // Never opened a second time in this process: closing any handle of the file frees the lock.
    FileChannel channel =
        FileChannel.open(
            folder.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!locked(channel)) {
      String holder = read(channel);
      channel.close();
      throw new CannotStart(
          "the data folder %s is in use by a server with pid %s; stop that one (tasklane server stop --data %s) or choose another folder: --data"
              .formatted(folder, holder, folder));
    }
    write(channel, Long.toString(ProcessHandle.current().pid()));
    return new FolderLock(channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
