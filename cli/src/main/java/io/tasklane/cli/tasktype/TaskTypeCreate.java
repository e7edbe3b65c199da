package io.tasklane.cli.tasktype;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.FileFault;
import io.tasklane.cli.command.LimitOptions;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.command.WholeNumber;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task-type create}. */
@Command(
    name = "create",
    description = "Register a task type, or replace it by a higher revision; its tasks may wait.",
    footer = {
      "",
      "Example: tasklane task-type create news_monitoring --queue " + "DATA_FETCHER --revision 2"
    },
    mixinStandardHelpOptions = true)
final class TaskTypeCreate extends ServerCommand {
  private static final String QUEUES = "queues/";

  @Parameters(paramLabel = "TYPE", description = "For example news_monitoring.")
  private String type;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      description = "A queue that accepts it; may be given several times. Default: all.")
  private List<String> queues = List.of();

  @Option(names = "--description", description = "What it does, one sentence.")
  private String sentence = "";

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "JSON Schema 2020-12 of its input. Default: any input.")
  private Path schema;

  @Option(
      names = "--revision",
      paramLabel = "N",
      converter = WholeNumber.Count.class,
      description = "Of this definition; higher than the stored one to replace it. Default: 1.")
  private Integer revision = 1;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      converter = WholeNumber.Attempts.class,
      description = "Attempts in all, 1 to 100. Default: the queue's.")
  private Integer attempts;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Time limit of one attempt, for example 90s. Default: the queue's.")
  private Duration timeout;

  @Mixin private LimitOptions limits;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CreateTaskTypeRequest request =
        CreateTaskTypeRequest.newBuilder()
            .setRequestId(requestId.value())
            .setTaskType(definition())
            .build();
    new TaskTypeView(out(), format())
        .one(
            connection
                .service(TaskServiceGrpc::newBlockingStub)
                .createTaskType(request)
                .getTaskType());
    return ExitCode.FINE;
  }

  private TaskType definition() {
    TaskType.Builder wanted =
        TaskType.newBuilder()
            .setTaskType(type)
            .setDescription(sentence)
            .setInputSchema(schema == null ? "" : read(schema))
            .setRevision(revision);
    queues.forEach(queue -> wanted.addQueues(queue.startsWith(QUEUES) ? queue : QUEUES + queue));
    if (attempts != null) {
      wanted.getDefaultRetryPolicyBuilder().setMaximumAttempts(attempts);
    }
    Timeouts.Builder timeouts = Timeouts.newBuilder();
    if (timeout != null) {
      timeouts.setAttemptTimeout(Durations.fromMillis(timeout.toMillis()));
    }
    limits.addTo(timeouts);
    if (!timeouts.build().equals(Timeouts.getDefaultInstance())) {
      wanted.setDefaultTimeouts(timeouts);
    }
    return wanted.build();
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw usage("--schema " + file + ": " + FileFault.words(file, unreadable));
    }
  }
}
