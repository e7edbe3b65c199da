package io.tasklane.bench.workflow;

import com.google.protobuf.ByteString;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Scenario;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.v1.Chain;
import io.tasklane.v1.ForEach;
import io.tasklane.v1.GetWorkflowRequest;
import io.tasklane.v1.Node;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Queue;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The tasks of {@code chain} and {@code fan} as nodes of workflows: a chain in a queue that runs
 * one at a time, and a for-each between two tasks in a queue of concurrency 50. What is counted is
 * the time from the start of a workflow to its end, as the server recorded it, for each task; as
 * many workflows as fit into the time, at least one, after one that does not count; the median of
 * all.
 */
@Command(
    name = "workflow",
    description = "A chain and a group of no-op tasks as nodes of a workflow.",
    mixinStandardHelpOptions = true)
public final class WorkflowCost extends Scenario {
  private static final int CONCURRENCY = 50;
  private static final long LOOK_AGAIN_MILLIS = 50;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tasks in the chain, 2 to 1000. Default: 1000.")
  private int length = 1000;

  @Option(
      names = "--members",
      split = ",",
      paramLabel = "N",
      description = "Members of the groups, each 1 to 100000. Default: 1000.")
  private List<Integer> members = List.of(1000);

  @Override
  protected void check() {
    requireRange("--length", length, 2, 1000);
    members.forEach(count -> requireRange("--members", count, 1, 100_000));
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    String one = calls.createQueue("FLOW", Queue.getDefaultInstance());
    Queue wide = Queue.newBuilder().setConcurrency(CONCURRENCY).build();
    String many = calls.createQueue("FLOW_WIDE", wide);
    Limits limits = setting.limits(List.of(RawRows::updates));
    limits.measure();
    Figures figures = setting.figures();
    Workflow chain = Workflow.newBuilder().setRoot(chain(one)).build();
    figures.add(part(setting, "chain of %,d".formatted(length), chain, length, limits));
    for (int count : members) {
      Workflow group = group(one, many, count);
      figures.add(part(setting, "1 to %,d to 1".formatted(count), group, count + 2, limits));
    }
    limits.measure();
    limits.tell(figures);
    return figures;
  }

  private Measure part(Setting setting, String name, Workflow workflow, int tasks, Limits limits)
      throws Exception {
    WorkflowServiceBlockingStub service =
        WorkflowServiceGrpc.newBlockingStub(setting.calls().channel());
    setting.warmUp(1, i -> millis(service, workflow, tasks));
    setting.remark("measuring a " + name + " ...");
    List<Double> times = new ArrayList<>();
    setting.meter().begin();
    long start = System.nanoTime();
    while (times.isEmpty() || System.nanoTime() - start < setting.time().toNanos()) {
      times.add(millis(service, workflow, tasks));
    }
    Usage usage = setting.meter().end();
    Quantiles all = new Quantiles(times.stream().mapToDouble(Double::doubleValue).toArray());
    return Measure.of("workflow, " + name + ", a task", Unit.MILLISECONDS, all.median())
        .against(limits.millis(RawRows.UPDATES))
        .costing(usage.each((long) tasks * all.count()));
  }

  private Node chain(String queue) {
    Chain.Builder chain = Chain.newBuilder();
    for (int i = 0; i < length; i++) {
      chain.addNodes(noop("n" + i, queue));
    }
    return Node.newBuilder().setNodeId("chain").setChain(chain).build();
  }

  private static Workflow group(String ends, String middle, int count) {
    String items =
        IntStream.range(0, count)
            .mapToObj(i -> Integer.toString(i % 10))
            .collect(Collectors.joining(",", "[", "]"));
    ForEach copies =
        ForEach.newBuilder().setItems("inputs.items").setNode(noop("member", middle)).build();
    Chain tree =
        Chain.newBuilder()
            .addNodes(noop("first", ends))
            .addNodes(Node.newBuilder().setNodeId("members").setForEach(copies))
            .addNodes(noop("last", ends))
            .build();
    Payload input =
        Payload.newBuilder()
            .setContentType("application/json")
            .setInline(ByteString.copyFromUtf8(items))
            .build();
    return Workflow.newBuilder()
        .setRoot(Node.newBuilder().setNodeId("tree").setChain(tree))
        .putInputs("items", input)
        .build();
  }

  private static Node noop(String id, String queue) {
    return Node.newBuilder().setNodeId(id).setTask(TaskCalls.noop(queue)).build();
  }

  private static double millis(WorkflowServiceBlockingStub service, Workflow workflow, int tasks)
      throws InterruptedException {
    String name =
        service
            .startWorkflow(StartWorkflowRequest.newBuilder().setWorkflow(workflow).build())
            .getWorkflow()
            .getName();
    GetWorkflowRequest request = GetWorkflowRequest.newBuilder().setName(name).build();
    Workflow seen = service.getWorkflow(request).getWorkflow();
    while (!seen.hasEndTime()) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      seen = service.getWorkflow(request).getWorkflow();
    }
    if (seen.getState() != Workflow.State.STATE_SUCCEEDED) {
      throw new IllegalStateException("a workflow of the bench failed: " + seen.getFailure());
    }
    return 1000 * TaskCalls.secondsBetween(seen.getCreateTime(), seen.getEndTime()) / tasks;
  }
}
