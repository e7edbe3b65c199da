package io.tasklane.artifact.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Objects as files of one folder; several nodes share it with a network file system.
 *
 * @param folder of the objects, which is created when it is needed
 */
public record FileArtifacts(Path folder) implements ArtifactStorage {
  private static final int FAN_OUT = 2;

  @Override
  public void put(String key, Path file) throws IOException {
    Path target = path(key);
    Files.createDirectories(target.getParent());
    force(file);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    // The name is in the directory, and durable only when the directory is.
    force(target.getParent());
    force(folder);
  }

  @Override
  public InputStream open(String key, long offset) throws IOException {
    FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ);
    try {
      channel.position(offset);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
    return Channels.newInputStream(channel);
  }

  @Override
  public void remove(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public void close() {
    // holds nothing open
  }

  /** Too many names in one directory make some file systems slow. */
  private Path path(String key) {
    return folder.resolve(key.substring(0, FAN_OUT)).resolve(key);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
