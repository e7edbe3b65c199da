package io.tasklane.step;

import io.tasklane.task.Payload;
import java.util.Optional;

/**
 * The kept result of a step.
 *
 * @param payload what the body returned, or a reference to it; empty for nothing
 * @param outside whether it is a reference that the engine made, to a result that was too large
 */
public record StoredResult(Optional<Payload> payload, boolean outside) {}
