package io.tasklane.launcher.process;

/**
 * How much room the log of one component may take.
 *
 * @param bytes the size at which a new file is begun; looked at every two seconds
 * @param older how many older files are kept, from 0
 */
public record LogLimits(long bytes, int older) {
  /** MiB at which a log begins a new file, if nothing else is asked for. */
  public static final int MEBIBYTES = 64;

  /** How many older files are kept, if nothing else is asked for. */
  public static final int OLDER = 3;

  /** The limits of a server that is given none. */
  public static final LogLimits USUAL = new LogLimits((long) MEBIBYTES << 20, OLDER);
}
