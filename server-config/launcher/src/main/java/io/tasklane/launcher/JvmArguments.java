package io.tasklane.launcher;

import io.tasklane.launcher.node.NodeJvm;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options about the virtual machine of a node. */
final class JvmArguments {
  static final String HEAP = "--heap";
  static final String JAVA_OPTIONS = "--java-options";

  @Option(
      names = HEAP,
      paramLabel = "SIZE",
      defaultValue = NodeJvm.HEAP,
      converter = OptionValues.Heap.class,
      description = "Largest heap of the node, as 512m or 2g. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = JAVA_OPTIONS,
      paramLabel = "FLAGS",
      defaultValue = "${env:TASKLANE_JAVA_OPTIONS:-}",
      description =
          "Further flags for the node's virtual machine, separated by spaces. Default:"
              + " TASKLANE_JAVA_OPTIONS of the environment.")
  private String further;

  NodeJvm jvm() {
    List<String> flags = Stream.of(further.split("\\s+")).filter(f -> !f.isEmpty()).toList();
    return new NodeJvm(heap, flags);
  }
}
