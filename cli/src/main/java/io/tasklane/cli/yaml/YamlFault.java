package io.tasklane.cli.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Something in a file that cannot be taken as it stands. */
public final class YamlFault extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param line from 1
   * @param path of the field, empty for the document as a whole
   * @param problem what is wrong, and what is allowed
   */
  public YamlFault(int line, String path, String problem) {
    super("line " + line + (path.isEmpty() ? "" : ", " + path) + ": " + problem);
  }

  /** Something is wrong with this node. */
  public static YamlFault at(Node node, String path, String problem) {
    return new YamlFault(line(node), path, problem);
  }

  /** Line of a node, from 1. */
  public static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
