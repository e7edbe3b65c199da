package io.tasklane.launcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Keeps logs within their limits while their processes write them. */
public final class LogWatch {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private LogWatch() {}

  /** Begins to watch, on a thread of its own. */
  public static void begin(List<LogFile> logs, Consumer<String> say) {
    Thread thread = new Thread(() -> watch(logs, say), "log watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(List<LogFile> logs, Consumer<String> say) {
    boolean said = false;
    while (Waiting.pause(LOOK)) {
      for (LogFile log : logs) {
        try {
          log.cut();
        } catch (IOException failed) {
          if (!said) {
            say.accept("the log " + log.shown() + " cannot be kept small: " + failed);
          }
          said = true;
        }
      }
    }
  }
}
