package io.tasklane.workflow.definition;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A workflow from a template. The node ends as that ends, with its result as the output.
 *
 * @param template id of the template
 * @param version of the template; empty means the newest when the outer workflow starts
 * @param inputs name of an input to CEL
 */
public record SubWorkflow(String template, OptionalInt version, Map<String, String> inputs)
    implements NodeKind {
  /** Copies the inputs. */
  public SubWorkflow {
    inputs = Map.copyOf(inputs);
  }
}
