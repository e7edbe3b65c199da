package io.tasklane.cli.apply;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.ServerError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane apply}: makes the server keep what a file describes. */
@Command(
    name = "apply",
    description = {
      "Create or change what a YAML file describes: templates of workflows, and schedules.",
      "Several documents are applied in their order, after all of them were read."
    },
    footer = {"", "Example: tasklane apply -f morning.yaml --dry-run"},
    mixinStandardHelpOptions = true)
public final class ApplyCommand extends ServerCommand {
  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "A YAML file, or - for standard input.")
  private String file;

  @Option(
      names = "--dry-run",
      description = "Change nothing: have the server check it, and print the difference.")
  private boolean dryRun;

  @Override
  protected ExitCode run(Connection connection) {
    for (Wanted wanted : ApplyFile.read(file, System.in)) {
      try {
        apply(wanted, wanted.kind().calls(connection));
      } catch (StatusRuntimeException refused) {
        throw withLines(wanted, refused).orElseThrow(() -> refused);
      }
    }
    return ExitCode.FINE;
  }

  private void apply(Wanted wanted, Kind.Calls calls) {
    Optional<Message> before = calls.find(wanted.name());
    Message after = wanted.store(calls, before, dryRun);
    List<String> difference =
        Difference.of(before.map(was -> text(wanted, was)).orElse(List.of()), text(wanted, after));
    if (difference.isEmpty()) {
      done("unchanged", wanted.name());
      return;
    }
    if (dryRun) {
      done(before.isEmpty() ? "would create" : "would change", wanted.name());
      difference.forEach((format().isData() ? err() : out())::println);
    } else {
      done(before.isEmpty() ? "created" : "changed", wanted.name());
    }
  }

  private static List<String> text(Wanted wanted, Message message) {
    return YamlText.of(wanted.kind().word(), wanted.id(), message);
  }

  /** The fields that the server refuses, with their lines in the file. */
  private Optional<CommandFailure> withLines(Wanted wanted, StatusRuntimeException refused) {
    List<BadRequest.FieldViolation> fields = ServerError.fields(refused);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    String prefix = wanted.kind().field();
    return Optional.of(
        new CommandFailure(
            ExitCode.ERROR,
            fields.stream()
                .map(each -> line(wanted, each, prefix))
                .collect(Collectors.joining("\n"))));
  }

  private String line(Wanted wanted, BadRequest.FieldViolation violation, String prefix) {
    String field = violation.getField();
    String path = field.startsWith(prefix) ? field.substring(prefix.length()) : field;
    return "-f "
        + file
        + ": line "
        + wanted.lineOf(path)
        + ", "
        + path
        + ": "
        + violation.getDescription();
  }
}
