package io.tasklane.api;

import io.tasklane.task.Payload;
import java.util.Optional;

/**
 * How a copy of an ended task differs from it.
 *
 * @param input instead of the old one, which then takes no outputs of needed tasks
 * @param ignoreDependencies whether it runs even if what the old one needs did not end as needed
 * @param freshSteps whether its steps run anew, although those of the old one have succeeded
 */
public record CopyOptions(Optional<Payload> input, boolean ignoreDependencies, boolean freshSteps) {
  /** With the same input, and only if its needs are met. */
  public static final CopyOptions NONE = new CopyOptions(Optional.empty(), false);

  /** With its steps kept, where the input is. */
  public CopyOptions(Optional<Payload> input, boolean ignoreDependencies) {
    this(input, ignoreDependencies, false);
  }

  /** Whether the results of steps are taken over: those of another input say nothing. */
  public boolean keepsSteps() {
    return input.isEmpty() && !freshSteps;
  }

  /** With this input, and only if its needs are met. */
  public static CopyOptions withInput(Payload input) {
    return new CopyOptions(Optional.of(input), false);
  }
}
