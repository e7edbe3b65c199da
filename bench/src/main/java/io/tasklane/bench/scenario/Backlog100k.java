package io.tasklane.bench.scenario;

import picocli.CommandLine.Command;

/** With a hundred thousand waiting; see {@link Backlog}. */
@Command(
    name = "backlog-100k",
    description = "Create and take rates with 100,000 waiting, against an empty queue.",
    mixinStandardHelpOptions = true)
public final class Backlog100k extends Backlog {
  /** As the command line makes it. */
  public Backlog100k() {
    super("backlog-100k", 100_000, 0.9);
  }
}
