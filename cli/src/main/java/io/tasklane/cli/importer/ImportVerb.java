package io.tasklane.cli.importer;

import io.grpc.StatusRuntimeException;
import io.tasklane.cli.apply.ApplyFile;
import io.tasklane.cli.apply.YamlText;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.InputText;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.ServerError;
import io.tasklane.cli.importer.text.Malformed;
import io.tasklane.cli.yaml.YamlFault;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the importers share: files, names, and what becomes of the result. */
abstract class ImportVerb extends ServerCommand {
  @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
  private String file;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = "YAML that says what their tasks and queues are here: tasks, queues, queue.")
  private String map;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      description = "The queue of tasks for which --map says none.")
  private String queue;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      converter = Zone.class,
      description = "Zone of times for which the file names none. Default: UTC.")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(
      names = "--apply",
      description = "Store it on the server, instead of printing YAML for tasklane apply.")
  private boolean apply;

  @Option(names = "--disabled", description = "The schedules start nothing until enabled.")
  private boolean disabled;

  @Option(
      names = "--partial",
      description = "Take what can be carried over, and end with 0 although some was left out.")
  private boolean partial;

  /** Reads the files of this system. */
  abstract Source source();

  @Override
  protected final ExitCode run(Connection connection) {
    if (!apply && format().isData()) {
      throw usage("-o does not change what is printed: YAML for tasklane apply");
    }
    Report report = new Report();
    Conversion conversion = new Conversion(mapping(), disabled);
    List<Conversion.Made> made = conversion.of(entries(report), report);
    boolean complete = report.isEmpty();
    if (!apply) {
      made.forEach(this::print);
    } else if (complete || partial) {
      made.forEach(each -> store(each, connection, report));
    }
    report.remarks().forEach(remark -> err().println(remark));
    if (apply && !complete && !partial) {
      err().println("nothing was stored: change the file, or take the rest with --partial");
    }
    return report.isEmpty() || partial ? ExitCode.FINE : ExitCode.ERROR;
  }

  private List<Entry> entries(Report report) {
    try {
      return source().read(InputText.readFile("FILE", file), zone, report);
    } catch (Malformed malformed) {
      throw new CommandFailure(ExitCode.USAGE, "FILE " + file + ": " + malformed.getMessage());
    }
  }

  private Mapping mapping() {
    Optional<String> usual = Optional.ofNullable(queue);
    if (map == null) {
      return Mapping.none(usual);
    }
    try {
      return Mapping.read(InputText.readFile("--map", map), usual);
    } catch (YamlFault fault) {
      throw new CommandFailure(ExitCode.USAGE, "--map " + map + ": " + fault.getMessage());
    }
  }

  private void print(Conversion.Made made) {
    out().println("---");
    out().println("# line " + made.line() + ": " + made.entry().replaceAll("\\R", " "));
    YamlText.of(made.kind(), made.id(), made.message()).forEach(out()::println);
  }

  /** One that the server refuses is left out; the others are stored. */
  private void store(Conversion.Made made, Connection connection, Report report) {
    try {
      done("stored", ApplyFile.store(made.kind(), made.id(), made.message(), connection));
    } catch (StatusRuntimeException refused) {
      String words = String.join(" ", ServerError.lines(refused, connection.address()));
      if (!ServerError.isRefusal(refused)) {
        throw refused; // the server itself is away
      }
      report.add(made.line(), made.entry(), words);
    }
  }
}
