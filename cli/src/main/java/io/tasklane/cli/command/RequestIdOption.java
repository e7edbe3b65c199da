package io.tasklane.cli.command;

import java.util.UUID;
import picocli.CommandLine.Option;

/** The option that names a change, so that sending it again is no second change. */
public final class RequestIdOption {
  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "The same id again gives the first answer again, and no second change.")
  private String given;

  /** What the user gave, or a new id, so that a send that is repeated is no second change. */
  public String value() {
    return given == null ? UUID.randomUUID().toString() : given;
  }
}
