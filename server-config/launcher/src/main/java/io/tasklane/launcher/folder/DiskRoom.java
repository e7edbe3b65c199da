package io.tasklane.launcher.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Room on the disks of some folders. What has died for the want of it dies again at once when it is
 * started without.
 */
public final class DiskRoom {
  /** Two segments of PostgreSQL's log, or three files of the broker's journal. */
  private static final long NEEDED = 32L << 20;

  private DiskRoom() {}

  /** Which disk is too full to start on, in a sentence without its end; empty where none is. */
  public static Optional<String> lackedBy(DataFolder data, Path... inside) {
    return Stream.concat(Stream.of(data.root()), Stream.of(inside))
        .filter(Files::exists)
        .flatMap(folder -> lack(folder, data.shown(folder)))
        .findFirst();
  }

  private static Stream<String> lack(Path folder, Path shown) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free >= NEEDED
          ? Stream.empty()
          : Stream.of(
              "the disk of %s is full: %d MiB are free, %d are needed"
                  .formatted(shown, free >> 20, NEEDED >> 20));
    } catch (IOException unknown) {
      return Stream.empty(); // the start itself will tell
    }
  }
}
