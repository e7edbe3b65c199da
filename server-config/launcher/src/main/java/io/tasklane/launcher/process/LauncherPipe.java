package io.tasklane.launcher.process;

import java.io.IOException;

/**
 * Ends this Java process when the launcher is gone: the launcher holds the other end of its
 * standard input, and the system closes that even after a kill -9. Halting is enough, because
 * everything here is made to survive just that, and a broker or node that outlives its launcher
 * would be in the way of the next one.
 */
public final class LauncherPipe {
  /** How the process ends; sysexits(3) calls it a temporary failure. */
  private static final int ORPHANED = 75;

  private LauncherPipe() {}

  /** Begins to watch, on a thread of its own. */
  public static void watch() {
    Thread thread = new Thread(LauncherPipe::awaitEnd, "launcher-pipe");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // The launcher says nothing; only the end of the stream does.
      }
    } catch (IOException broken) {
      // A broken pipe says the same as a closed one.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
