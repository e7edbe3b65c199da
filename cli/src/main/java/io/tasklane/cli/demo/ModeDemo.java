package io.tasklane.cli.demo;

import com.google.protobuf.ByteString;
import io.tasklane.cli.apply.ApplyFile;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.workflow.WorkflowFollower;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows one mode of orchestration: it applies the shipped template and runs it. */
final class ModeDemo {
  private final Connection connection;
  private final Path templates;
  private final PrintWriter out;

  /**
   * A demo on this server.
   *
   * @param templates the folder of the shipped templates
   * @param out for people
   */
  ModeDemo(Connection connection, Path templates, PrintWriter out) {
    this.connection = connection;
    this.templates = templates;
    this.out = out;
  }

  /** Fine only if all went as the mode promises. */
  ExitCode show(DemoMode mode) {
    Path file = templates.resolve(mode.word() + ".yaml");
    ApplyFile.store(file.toString(), connection)
        .forEach(name -> out.println("stored " + name + " from " + file.getFileName()));
    return switch (mode) {
      case SEQUENTIAL, PARALLEL -> queues(mode);
      case CONDITIONAL -> both(mode);
      case EVENT_DRIVEN -> event(mode);
    };
  }

  private ExitCode queues(DemoMode mode) {
    WaitingTasks tasks = new WaitingTasks(connection);
    Workflow started;
    try {
      tasks.create();
      started = start(mode, Map.of());
    } finally {
      tasks.resume();
    }
    ExitCode end = follow(started);
    List<WaitingTasks.QueueSpan> spans = tasks.spans();
    Instant begin = TaskCalls.instant(started.getCreateTime());
    spans.forEach(span -> out.println(span.line(begin)));
    boolean inOrder = true;
    for (int i = 1; i < spans.size(); i++) {
      inOrder &= !spans.get(i).begin().isBefore(spans.get(i - 1).end());
    }
    if (mode == DemoMode.SEQUENTIAL) {
      out.println(
          inOrder
              ? "each queue began after the one before it had ended"
              : "a queue began before the one before it had ended");
      return inOrder ? end : ExitCode.ERROR;
    }
    return end;
  }

  /** First as it is, then with a bound that no portfolio keeps. */
  private ExitCode both(DemoMode mode) {
    ExitCode first = follow(start(mode, Map.of("most_risk", "10")));
    ExitCode second = follow(start(mode, Map.of("most_risk", "0")));
    return first == ExitCode.FINE ? second : first;
  }

  private ExitCode event(DemoMode mode) {
    Workflow started = start(mode, Map.of());
    out.println("publishing market.news about AAPL, impact 0.9");
    connection
        .service(EventServiceGrpc::newBlockingStub)
        .publishEvents(
            PublishEventsRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .addEvents(
                    Event.newBuilder()
                        .setEventType("market.news")
                        .setSubject("symbols/AAPL")
                        .setData(json("{\"symbol\":\"AAPL\",\"impact_score\":0.9}")))
                .build());
    return follow(started);
  }

  private Workflow start(DemoMode mode, Map<String, String> inputs) {
    Workflow.Builder workflow = Workflow.newBuilder();
    inputs.forEach((name, value) -> workflow.putInputs(name, json(value)));
    return connection
        .service(WorkflowServiceGrpc::newBlockingStub)
        .startWorkflow(
            StartWorkflowRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setTemplate("workflowTemplates/" + mode.word())
                .setWorkflow(workflow)
                .build())
        .getWorkflow();
  }

  private ExitCode follow(Workflow started) {
    ExitCode end = new WorkflowFollower(connection, out, OutputFormat.TABLE).untilEnd(started);
    out.flush();
    return end;
  }

  private static Payload json(String text) {
    return Payload.newBuilder()
        .setContentType("application/json")
        .setInline(ByteString.copyFromUtf8(text))
        .build();
  }
}
