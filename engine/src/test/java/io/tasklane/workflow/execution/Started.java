package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workflow that was started. */
public final class Started {
  public final String id;
  private final WorkflowBench bench;

  Started(WorkflowBench bench, String id) {
    this.bench = bench;
    this.id = id;
  }

  public Workflow now() {
    return bench.workflows.get(id);
  }

  public String state() {
    return now().status().state().name();
  }

  public String result() {
    return now().result().map(Payload::text).orElse("none");
  }

  public List<WorkflowNode> nodes() {
    return bench.workflows.nodes(
        id, new WorkflowNodeFilter(Set.of(), Optional.empty()), Optional.empty(), 100_000);
  }

  public Optional<WorkflowNode> find(NodeKey key) {
    return nodes().stream().filter(node -> node.key().equals(key)).findFirst();
  }

  public NodeState state(String node, Integer... index) {
    return node(node, index).state();
  }

  public WorkflowNode node(String node, Integer... index) {
    return find(new NodeKey(node, List.of(index))).orElseThrow();
  }

  public boolean hasStarted(String node) {
    return find(NodeKey.of(node)).isPresent();
  }

  public Task task(String node, Integer... index) {
    return bench.read(node(node, index).taskId().orElseThrow());
  }

  public String input(String node, Integer... index) {
    return task(node, index).input().text();
  }

  /** Runs the task of a node. */
  public void succeed(String node, String json, Integer... index) {
    end(task(node, index).taskId(), WorkflowBench.succeeded(json));
  }

  public void fail(String node, Integer... index) {
    end(task(node, index).taskId(), WorkflowBench.failed("BROKEN"));
  }

  private void end(String taskId, RunEnd end) {
    bench.claimAll();
    WorkflowBench.get(bench.complete(bench.committer, bench.read(taskId), end));
  }

  public Workflow cancel() {
    return WorkflowBench.answer(
        bench.workflows.cancel(id, WorkflowBench.ANN, WorkflowBench.change("cancel")));
  }

  public Workflow pause() {
    return WorkflowBench.answer(
        bench.workflows.pause(id, WorkflowBench.ANN, WorkflowBench.change("pause")));
  }

  public Workflow resume() {
    return WorkflowBench.answer(
        bench.workflows.resume(id, WorkflowBench.ANN, WorkflowBench.change("resume")));
  }

  public Workflow retry(NodeKey... nodes) {
    return WorkflowBench.answer(
        bench.workflows.retry(
            id, Set.of(nodes), false, WorkflowBench.ANN, WorkflowBench.change("retry")));
  }

  public WorkflowNode decide(String node, String principal, boolean approved) {
    return decide(NodeKey.of(node), principal, approved);
  }

  public WorkflowNode decide(NodeKey node, String principal, boolean approved) {
    Actor actor = new Actor(principal, "seen");
    return WorkflowBench.answer(
            bench.workflows.decide(id, node, approved, actor, WorkflowBench.change("decide")))
        .nodes()
        .get(0);
  }

  public void delete() throws Refusal {
    WorkflowBench.answer(
        bench.workflows.delete(id, Optional.empty(), WorkflowBench.change("delete")));
  }
}
