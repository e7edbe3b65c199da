package io.tasklane.resource;

/**
 * A named capacity that tasks of all queues share.
 *
 * @param resourceId final part of the name "resources/{resource}"
 * @param limits how many units there are
 * @param use how many of them are in use
 * @param version grows by one with every change; the etag
 */
public record Resource(String resourceId, ResourceLimits limits, ResourceUse use, int version) {
  /** "resources/{resource}". */
  public String name() {
    return "resources/" + resourceId;
  }

  /** The entity tag of this version, with the quotes of RFC 9110. */
  public String etag() {
    return "\"" + version + "\"";
  }

  /** Units that can be taken now. */
  public int freeUnits() {
    return limits.free(use);
  }
}
