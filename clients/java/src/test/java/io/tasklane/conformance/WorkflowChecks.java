package io.tasklane.conformance;

import static io.tasklane.conformance.TaskChecks.FETCHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.tasklane.client.Nodes;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.WorkflowFailedException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Node;
import io.tasklane.v1.Workflow.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Workflows. */
final class WorkflowChecks {
  private final Caller caller;

  WorkflowChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.of(
        "workflow.tree", WorkflowChecks::tree,
        "workflow.failure", WorkflowChecks::failure,
        "workflow.watch", this::watch,
        "workflow.cancel", WorkflowChecks::cancel);
  }

  private static void tree(TasklaneClient client) {
    Map<String, String> expressions = Map.of("symbol", "item", "at", "index");
    Node.Builder copies =
        Nodes.forEach(
            "inputs.symbols",
            Nodes.task(client.task(FETCHER, "system.echo", null).build(), expressions));
    copies.getForEachBuilder().setMaximumParallel(2);
    Node.Builder root =
        Nodes.chain(
            Nodes.group(
                echo(client, Map.of("day", 1)).setNodeId("first"), echo(client, Map.of("day", 2))),
            copies);
    String name =
        client.workflows().start(root, Map.of("symbols", List.of("AAPL", "MSFT", "NVDA")));
    JsonElement expected =
        JsonParser.parseString(
            """
            [{"symbol":"AAPL","at":0},{"symbol":"MSFT","at":1},{"symbol":"NVDA","at":2}]""");
    assertThat(client.workflows().result(name, JsonArray.class)).isEqualTo(expected);
  }

  private static Node.Builder echo(TasklaneClient client, Object input) {
    return Nodes.task(client.task(FETCHER, "system.echo", input).build());
  }

  private static void failure(TasklaneClient client) {
    Map<String, Object> input = Map.of("code", "MARKET_SHUT", "retryable", false);
    Node.Builder fail = Nodes.task(client.task(FETCHER, "system.fail", input).build());
    String name = client.workflows().start(Nodes.chain(fail), Map.of());
    WorkflowFailedException error = failureOf(client, name);
    assertThat(error.workflow().getState()).isEqualTo(State.STATE_FAILED);
    assertThat(error).hasMessageContaining("MARKET_SHUT");
  }

  private void watch(TasklaneClient client) throws InterruptedException {
    Node.Builder sleep =
        Nodes.task(client.task(FETCHER, "system.sleep", Map.of("millis", 400)).build());
    Node.Builder last = Nodes.task(client.task(FETCHER, "system.noop", null).build());
    Node.Builder root = Nodes.chain(sleep.setNodeId("sleep"), last.setNodeId("last"));
    String name = client.workflows().start(root, Map.of());
    Thread cut = Caller.after(200, caller::cut);
    Set<String> nodes = new HashSet<>();
    List<State> states = new ArrayList<>();
    client
        .workflows()
        .watch(
            name,
            change -> {
              states.add(change.getWorkflow().getState());
              change.getChangedNodesList().forEach(node -> nodes.add(node.getNodeId()));
            });
    cut.join();
    assertThat(states).endsWith(State.STATE_SUCCEEDED);
    assertThat(nodes).contains("sleep", "last");
  }

  private static void cancel(TasklaneClient client) {
    Node.Builder later = Nodes.task(TaskChecks.later(client).build());
    String name = client.workflows().start(Nodes.group(later), Map.of());
    client.workflows().cancel(name, "not needed");
    assertThat(failureOf(client, name).workflow().getState()).isEqualTo(State.STATE_CANCELLED);
  }

  private static WorkflowFailedException failureOf(TasklaneClient client, String name) {
    return catchThrowableOfType(
        WorkflowFailedException.class, () -> client.workflows().result(name, JsonElement.class));
  }
}
