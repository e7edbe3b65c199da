package io.tasklane.workflow.definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A condition. Its output is that of the branch that is taken; without one it succeeds with null.
 *
 * @param condition CEL that yields a boolean; an error fails the node
 * @param then runs if it is true
 * @param otherwise runs if it is false
 */
public record Choice(String condition, Node then, Optional<Node> otherwise) implements NodeKind {
  @Override
  public List<Node> children() {
    return Stream.concat(Stream.of(then), otherwise.stream()).toList();
  }
}
