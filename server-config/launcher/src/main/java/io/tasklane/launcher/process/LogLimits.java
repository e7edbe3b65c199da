package io.tasklane.launcher.process;

/**
 * How much room the log of one part may take.
 *
 * @param bytes the size at which a new file is begun; looked at every two seconds
 * @param older how many older files are kept, from 0
 */
public record LogLimits(long bytes, int older) {
  /** The limits of a server that is given none: 64 MiB, and three older files. */
  public static final LogLimits USUAL = new LogLimits(64L << 20, 3);
}
