package io.tasklane.launcher.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.UnsupportedEncodingException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/**
 * Writes records as JSON lines to the process's own standard output, which the launcher keeps in
 * the data folder's logs. It goes past {@code System.out}, which {@link PrintedLines} replaces.
 */
public final class LogOutput extends StreamHandler {
  /** For the log's configuration, which names this class. */
  public LogOutput() throws UnsupportedEncodingException {
    super(new FileOutputStream(FileDescriptor.out), new JsonLines());
    setLevel(Level.ALL);
    setEncoding("UTF-8");
  }

  @Override
  public synchronized void publish(LogRecord record) {
    super.publish(record);
    flush();
  }

  /** Leaves the process's output open: others write to it too. */
  @Override
  public synchronized void close() {
    flush();
  }
}
