package io.tasklane.workflow.compile;

import java.util.List;
import java.util.stream.Collectors;

/** A definition cannot be stored. */
public final class InvalidDefinitionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<DefinitionFault> faults;

  /** These are wrong, at least one. */
  public InvalidDefinitionException(List<DefinitionFault> faults) {
    super(faults.stream().map(DefinitionFault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** All that is wrong, in the order of the definition. */
  public List<DefinitionFault> faults() {
    return faults;
  }
}
