package io.tasklane.node;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine this process runs on. Names are not unique, for example those of containers, and only
 * one kernel knows its locks. So the id also contains the kernel's boot id, if it has one.
 */
final class Host {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String HERE = name() + bootId();

  private Host() {}

  /** An id that no other machine has, nor this one after its next boot. */
  static String here() {
    return HERE;
  }

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unnamed) {
      return "localhost";
    }
  }

  private static String bootId() {
    try {
      return "/" + Files.readString(BOOT_ID).strip();
    } catch (IOException another) {
      return ""; // not Linux
    }
  }
}
