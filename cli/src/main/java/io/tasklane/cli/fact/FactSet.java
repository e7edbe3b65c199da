package io.tasklane.cli.fact;

import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.SetFactRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane fact set}. */
@Command(
    name = "set",
    description = "Set a fact, whether it exists or not.",
    footer = {"", "Example: tasklane fact set limits/max-order 4.5"},
    mixinStandardHelpOptions = true)
final class FactSet extends ServerCommand {
  @Parameters(paramLabel = "FACT", description = "For example portfolio_synced.")
  private String fact;

  @Parameters(
      paramLabel = "VALUE",
      converter = FactValue.class,
      description = "JSON, such as true or 4.5; another word is a string.")
  private Value value;

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long it holds, for example 8h. Default: for ever.")
  private Duration expiresIn;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "Until when it holds, for example 2026-11-23T16:00:00Z. Default: for ever.")
  private String expiresAt;

  @Option(names = "--reason", description = "Why; kept in the log.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    SetFactRequest.Builder request =
        SetFactRequest.newBuilder().setRequestId(requestId.value()).setReason(reason);
    request.getFactBuilder().setName(FactName.of(fact)).setValue(value);
    if (expiresIn != null && expiresAt != null) {
      throw usage("--expires-in and --expires-at say the same: give one of them");
    }
    if (expiresIn != null) {
      request.getFactBuilder().setExpireTime(wire(Instant.now().plus(expiresIn)));
    } else if (expiresAt != null) {
      request.getFactBuilder().setExpireTime(wire(time(expiresAt)));
    }
    new FactView(out(), format())
        .one(
            connection
                .service(FactServiceGrpc::newBlockingStub)
                .setFact(request.build())
                .getFact());
    return ExitCode.FINE;
  }

  private Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException noTime) {
      throw usage("'" + text + "' is no time; allowed is RFC 3339, such as 2026-11-23T16:00:00Z");
    }
  }

  private static Timestamp wire(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
