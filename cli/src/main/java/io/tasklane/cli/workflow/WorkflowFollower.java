package io.tasklane.cli.workflow;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Following;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.LiveLines;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.TerminalWriter;
import io.tasklane.v1.WatchWorkflowRequest;
import io.tasklane.v1.WatchWorkflowResponse;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Draws the tree of a workflow until it has ended: in place on a terminal, else when it changes.
 */
public final class WorkflowFollower {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Connection connection;
  private final PrintWriter out;
  private final OutputFormat format;
  private final LiveLines lines;
  private Workflow last;

  /** Follows one on this server, and shows it here. */
  public WorkflowFollower(Connection connection, PrintWriter out, OutputFormat format) {
    this.connection = connection;
    this.out = out;
    this.format = format;
    this.lines = new LiveLines(out, TerminalWriter.isTerminal(out), PAUSE);
  }

  /**
   * Follows it.
   *
   * @param workflow with its tree
   * @return how it ended
   */
  public ExitCode untilEnd(Workflow workflow) {
    last = workflow;
    WorkflowTree tree = new WorkflowTree(workflow.getRoot(), workflow.getNodeStatusesList());
    boolean moved = true;
    // The server ends every stream after a while; the next one begins with what is now.
    while (moved) {
      moved = follow(tree);
      if (WorkflowView.isEnded(last)) {
        if (format == OutputFormat.TABLE) {
          lines.end(tree.lines(last));
        }
        return WorkflowView.exitCode(last);
      }
    }
    throw new CommandFailure(
        ExitCode.ERROR, "the stream ended before the workflow did, and a new one told nothing");
  }

  private boolean follow(WorkflowTree tree) {
    WatchWorkflowRequest request =
        WatchWorkflowRequest.newBuilder().setName(last.getName()).build();
    return Following.read(
        connection.streams(WorkflowServiceGrpc::newBlockingStub).watchWorkflow(request),
        change -> {
          show(tree, change);
          return true;
        });
  }

  private void show(WorkflowTree tree, WatchWorkflowResponse change) {
    last = change.getWorkflow();
    tree.update(change.getChangedNodesList());
    if (format.isData()) {
      out.println(format.next(Json.of(change)));
      out.flush();
    } else {
      lines.show(tree.lines(last));
    }
  }
}
