package io.tasklane.bench.scenario;

import picocli.CommandLine.Command;

/** With a million waiting; see {@link Backlog}. */
@Command(
    name = "backlog-1m",
    description = "Create and take rates with 1,000,000 waiting, against an empty queue.",
    mixinStandardHelpOptions = true)
public final class Backlog1m extends Backlog {
  /** As the command line makes it. */
  public Backlog1m() {
    super("backlog-1m", 1_000_000, 0.8);
  }
}
