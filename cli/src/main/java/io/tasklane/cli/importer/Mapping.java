package io.tasklane.cli.importer;

import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.cli.yaml.YamlDocuments;
import io.tasklane.cli.yaml.YamlFault;
import io.tasklane.cli.yaml.YamlObject;
import io.tasklane.cli.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What the names of another system mean here.
 *
 * @param tasks types, and for some their queue, by what the other system calls the task
 * @param queues by what the other system calls them
 * @param usual the queue of tasks for which nothing else is said
 */
record Mapping(Map<String, Target> tasks, Map<String, String> queues, Optional<String> usual) {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{0,127}");

  /**
   * What a task is here.
   *
   * @param type of the task
   * @param queue it goes to, empty if that is said elsewhere
   */
  record Target(String type, Optional<String> queue) {}

  /** One that says nothing but the usual queue. */
  static Mapping none(Optional<String> usual) {
    return new Mapping(Map.of(), Map.of(), usual);
  }

  /** Reads {@code queue}, {@code queues} and {@code tasks} of a YAML file. */
  static Mapping read(String text, Optional<String> usual) throws YamlFault {
    List<Node> documents = YamlDocuments.of(text);
    if (documents.size() != 1) {
      throw new YamlFault(1, "", "one document is needed: queue, queues, tasks");
    }
    Map<String, Node> values = fields(documents.get(0), "", Set.of("queue", "queues", "tasks"));
    Map<String, String> queues = new HashMap<>();
    for (Map.Entry<String, Node> each : inner(values, "queues").entrySet()) {
      queues.put(each.getKey(), YamlScalar.text(each.getValue(), "queues." + each.getKey()));
    }
    Map<String, Target> tasks = new HashMap<>();
    for (Map.Entry<String, Node> each : inner(values, "tasks").entrySet()) {
      tasks.put(each.getKey(), target(each.getValue(), "tasks." + each.getKey()));
    }
    Node queue = values.get("queue");
    return new Mapping(
        tasks, queues, queue == null ? usual : Optional.of(YamlScalar.text(queue, "queue")));
  }

  private static Map<String, Node> inner(Map<String, Node> values, String key) throws YamlFault {
    return values.containsKey(key) ? YamlObject.of(values.get(key), key) : Map.of();
  }

  private static Target target(Node node, String path) throws YamlFault {
    if (node instanceof ScalarNode) {
      return new Target(YamlScalar.text(node, path), Optional.empty());
    }
    Map<String, Node> values = fields(node, path, Set.of("type", "queue"));
    if (!values.containsKey("type")) {
      throw YamlFault.at(node, path + ".type", "is missing");
    }
    Node queue = values.get("queue");
    return new Target(
        YamlScalar.text(values.get("type"), path + ".type"),
        queue == null ? Optional.empty() : Optional.of(YamlScalar.text(queue, path + ".queue")));
  }

  private static Map<String, Node> fields(Node node, String path, Set<String> allowed)
      throws YamlFault {
    Map<String, Node> values = YamlObject.of(node, path);
    for (Map.Entry<String, Node> each : values.entrySet()) {
      if (!allowed.contains(each.getKey())) {
        throw YamlFault.at(
            each.getValue(),
            YamlObject.path(path, each.getKey()),
            "is not known: " + String.join(", ", allowed.stream().sorted().toList()));
      }
    }
    return values;
  }

  /** The type of a task: as the mapping says, else its own name where that can be one. */
  String type(Entry.Step step) throws LeftOut {
    Target target = tasks.get(step.type());
    if (target != null) {
      return target.type();
    }
    if (!TYPE.matcher(step.type()).matches()) {
      throw new LeftOut("no type for the task \"" + step.type() + "\": name it in --map, tasks");
    }
    return step.type();
  }

  /** The queue of a task, "queues/{queue}". */
  String queue(Entry.Step step) throws LeftOut {
    Optional<String> named =
        Optional.ofNullable(tasks.get(step.type()))
            .flatMap(Target::queue)
            .or(() -> Optional.ofNullable(queues.get(step.queue())));
    if (named.isEmpty() && !step.queue().isEmpty()) {
      throw new LeftOut("no queue for \"" + step.queue() + "\": name it in --map, queues");
    }
    return named
        .or(() -> usual)
        .map(QueueName::of)
        .orElseThrow(
            () ->
                new LeftOut(
                    "no queue for the task \"" + step.type() + "\": give --queue, or --map"));
  }
}
