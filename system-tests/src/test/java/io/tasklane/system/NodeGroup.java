package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.Queue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Several nodes of one system, each of which, and its database and broker, can end alone. */
final class NodeGroup implements AutoCloseable {
  /** Far more than anything here takes on an idle machine. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final RunningServer backbone;
  private final Map<String, RunningServer> nodes = new TreeMap<>();
  private final Map<String, Client> clients = new TreeMap<>();

  /** Database and broker, which no node has joined yet. */
  NodeGroup(Path folder) {
    this.folder = folder;
    this.backbone = RunningServer.withoutNode(folder.resolve("backbone"));
  }

  /** Starts a node; one at a time, because a start takes all a small machine has. */
  void join(String node) {
    RunningServer joined = backbone.join(folder.resolve(node), node);
    nodes.put(node, joined);
    clients.put(node, joined.client());
  }

  RunningServer backbone() {
    return backbone;
  }

  RunningServer node(String name) {
    return nodes.get(name);
  }

  Client client(String node) {
    return clients.get(node);
  }

  /** Any node but this one. */
  Client otherThan(String node) {
    return clients.entrySet().stream()
        .filter(client -> !client.getKey().equals(node))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** The node that owns the queue, as another node sees it. */
  String owner(Client asked, String queue) {
    GetQueueRequest request = GetQueueRequest.newBuilder().setName(queue).build();
    return asked.queues().getQueue(request).getQueue().getOwnerNode();
  }

  /** A queue that this node owns. */
  String queueOf(String node) {
    return queuesOf(node).get(0);
  }

  /** The queues that this node owns. */
  List<String> queuesOf(String node) {
    return queues(client(node)).stream()
        .filter(queue -> queue.getOwnerNode().equals(node))
        .map(Queue::getName)
        .toList();
  }

  /** Waits until each node answers and owns as many queues as the others, give or take one. */
  void awaitEven() {
    clients.forEach(
        (node, client) ->
            await(
                node + " answers",
                () -> {
                  client.channel().resetConnectBackoff(); // it may have been away for long
                  return !queues(client).isEmpty();
                }));
    Client asked = clients.values().iterator().next();
    await(
        "queues are spread evenly over " + nodes.keySet(),
        () -> {
          List<String> owners = queues(asked).stream().map(Queue::getOwnerNode).toList();
          List<Integer> counts = new ArrayList<>();
          nodes.keySet().forEach(node -> counts.add(Collections.frequency(owners, node)));
          int owned = counts.stream().mapToInt(Integer::intValue).sum();
          return owned == owners.size() && Collections.max(counts) - Collections.min(counts) < 2;
        });
  }

  private static List<Queue> queues(Client asked) {
    return asked.queues().listQueues(ListQueuesRequest.getDefaultInstance()).getQueuesList();
  }

  /** Asks until the answer is yes; a node that cannot be asked just now is asked again. */
  static void await(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Throwable last = null;
    while (System.nanoTime() - end < 0) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(100);
      } catch (Exception notNow) {
        last = notNow;
      }
    }
    assertThat(last).as("not within " + PATIENCE + ": " + what).isNull();
    throw new AssertionError("not within " + PATIENCE + ": " + what);
  }

  @Override
  public void close() {
    clients.values().forEach(Client::close);
    nodes.values().forEach(RunningServer::close);
    backbone.close();
  }
}
