package io.tasklane.node;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine this runs on. Names are given twice, to containers for example, and locks are known
 * to one kernel alone, so where the kernel has an id of its present boot, that counts too.
 */
final class Host {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String HERE = name() + bootId();

  private Host() {}

  /** What no other machine calls itself, nor this one after its next boot. */
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
      return ""; // not a Linux
    }
  }
}
