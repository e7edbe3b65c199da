package io.tasklane.resource;

/**
 * How many units of a resource are in use.
 *
 * @param held by live leases
 * @param started within the refill period until now
 */
public record ResourceUse(int held, int started) {
  /** No units. */
  public static final ResourceUse NONE = new ResourceUse(0, 0);
}
