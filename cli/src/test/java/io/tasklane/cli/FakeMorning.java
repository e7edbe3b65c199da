package io.tasklane.cli;

import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Task;
import io.tasklane.v1.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * The morning as a workflow: its tasks have run when it starts, and it ends when it is approved.
 */
final class FakeMorning {
  private static final String NAME = "workflows/morning-1";
  private static final String SYMBOLS = "{\"symbols\":[\"%s\"]}";

  private final FakeServer server;
  private final List<NodeStatus> nodes = new ArrayList<>();
  private boolean approved;

  FakeMorning(FakeServer server) {
    this.server = server;
    run("balances", "PORTFOLIO_SYNC", "sync_account_balances", "{}");
    run("positions", "PORTFOLIO_SYNC", "update_positions", "{}");
    run("overnight", "PORTFOLIO_SYNC", "calculate_overnight_pnl", "{}");
    run("risks", "PORTFOLIO_SYNC", "validate_portfolio_risks", "{}");
    for (int i = 0; i < 9; i++) {
      run("news", "DATA_FETCHER", "news_monitoring", SYMBOLS.formatted(i == 0 ? "AAPL" : "X"));
    }
    for (int i = 0; i < 41; i++) {
      run("analysis", "AI_ANALYSIS", "claude_morning_prep", SYMBOLS.formatted("X"));
    }
    run("prep", "AI_ANALYSIS", "claude_morning_prep", SYMBOLS.formatted("X"));
    run("recommend", "AI_ANALYSIS", "recommendation_generation", "{}");
  }

  private void run(String node, String queue, String type, String input) {
    Task task =
        Task.newBuilder()
            .setQueue("queues/" + queue)
            .setTaskType(type)
            .setInput(FakeServer.json(input))
            .build();
    nodes.add(status(node, NodeStatus.State.STATE_SUCCEEDED, server.create(task, "").getName()));
  }

  private static NodeStatus status(String node, NodeStatus.State state, String task) {
    return NodeStatus.newBuilder().setNodeId(node).setState(state).setTask(task).build();
  }

  Workflow workflow() {
    Workflow.Builder morning = Workflow.newBuilder().setName(NAME);
    return approved
        ? morning
            .setState(Workflow.State.STATE_SUCCEEDED)
            .setEndTime(Timestamps.fromMillis(600))
            .build()
        : morning.setState(Workflow.State.STATE_RUNNING).build();
  }

  List<NodeStatus> nodes(String filter) {
    if (!filter.isEmpty()) {
      return approved ? List.of() : List.of(status("approve", NodeStatus.State.STATE_RUNNING, ""));
    }
    return nodes;
  }

  void approve() {
    approved = true;
  }
}
