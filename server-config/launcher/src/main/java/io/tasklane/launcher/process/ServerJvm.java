package io.tasklane.launcher.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Flags for every virtual machine of a server, which is there all day and mostly at rest. */
public final class ServerJvm {
  /** How often memory that the compilers have freed goes back to the system. */
  private static final Duration TRIM = Duration.ofSeconds(30);

  /** How often it counts for {@code jstat}; by default 20 times a second, a third of its rest. */
  private static final Duration COUNT = Duration.ofSeconds(1);

  private ServerJvm() {}

  /** Flags for this Java; unknown ones would keep it from starting. */
  public static List<String> flags(Runtime.Version java) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:PerfDataSamplingInterval=" + COUNT.toMillis());
    if (trims(java)) {
      flags.add("-XX:TrimNativeHeapInterval=" + TRIM.toMillis());
    }
    if (hasRelocation(java)) {
      // An archive of classes at the address it was made for is shared and read as far as it is
      // used; at another one, every page of it is rewritten: 60 MB more for a server.
      flags.add("-XX:+UnlockDiagnosticVMOptions");
      flags.add("-XX:ArchiveRelocationMode=0");
    }
    return flags;
  }

  /** Whether this Java can give native memory back: 17.0.9 and later, 21.0.1 and later. */
  private static boolean trims(Runtime.Version java) {
    return switch (java.feature()) {
      case 17 -> java.update() >= 9;
      case 18, 19, 20 -> false;
      case 21 -> java.update() >= 1;
      default -> java.feature() > 21;
    };
  }

  /** Whether this Java is known to have the flag, which is a diagnostic one. */
  private static boolean hasRelocation(Runtime.Version java) {
    return java.feature() >= 17 && java.feature() <= 21;
  }
}
