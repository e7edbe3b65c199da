package io.tasklane.cli.workflow;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A node as people type it: "fetch", or a copy of it in a for-each, "fetch.3". */
final class NodeName implements ITypeConverter<NodeName.Named> {
  /** Which node. */
  record Named(String nodeId, List<Integer> index) {}

  @Override
  public Named convert(String given) {
    String[] parts = given.split("\\.", -1);
    List<Integer> index = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].matches("[0-9]{1,6}")) {
        throw new TypeConversionException(
            "\"" + given + "\": a node, or a node and the numbers of a copy, as fetch.3, is meant");
      }
      index.add(Integer.valueOf(parts[i]));
    }
    return new Named(parts[0], index);
  }
}
