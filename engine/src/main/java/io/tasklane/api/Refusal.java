package io.tasklane.api;

import io.tasklane.event.ResumeToken;
import java.util.Map;
import java.util.Optional;

/** A refused call: nothing was changed. The message says what to do about it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of refusal; each is one status of gRPC. */
  public enum Sort {
    /** The request is wrong, whatever the state of the system. */
    INVALID_ARGUMENT,
    /** Something it names does not exist. */
    NOT_FOUND,
    /** Something it wants to create exists already. */
    ALREADY_EXISTS,
    /** The system or the resource is not in the needed state. */
    FAILED_PRECONDITION,
    /** Somebody else changed it meanwhile. */
    ABORTED,
    /** A position or range that no longer exists. */
    OUT_OF_RANGE,
    /** Stored data are damaged or lost. */
    DATA_LOSS,
    /** The same call will work when the named component works again. */
    UNAVAILABLE,
    /** A limit is reached; the same call will work when there is room again. */
    RESOURCE_EXHAUSTED
  }

  private final Sort sort;
  private final RefusalReason reason;
  private final String field;
  private final String resource;
  private final transient Map<String, String> metadata;

  private Refusal(
      Sort sort,
      RefusalReason reason,
      String field,
      String resource,
      String message,
      Map<String, String> metadata) {
    super(message);
    this.sort = sort;
    this.reason = reason;
    this.field = field;
    this.resource = resource;
    this.metadata = metadata;
  }

  /** A field of the request is wrong. */
  public static Refusal invalid(RefusalReason reason, String field, String message) {
    return new Refusal(Sort.INVALID_ARGUMENT, reason, field, "", message, Map.of());
  }

  /** A resource is missing, exists already, or is not in the needed state. */
  public static Refusal of(Sort sort, RefusalReason reason, String resource, String message) {
    return new Refusal(sort, reason, "", resource, message, Map.of());
  }

  /**
   * The same with a message that begins with the name of the resource.
   *
   * @param what follows the name
   */
  public static Refusal about(Sort sort, RefusalReason reason, String resource, String what) {
    return of(sort, reason, resource, resource + " " + what);
  }

  /** A resource does not exist; see {@link #about}. */
  public static Refusal notFound(RefusalReason reason, String resource, String what) {
    return about(Sort.NOT_FOUND, reason, resource, what);
  }

  /** A resource is not in the needed state; see {@link #about}. */
  public static Refusal precondition(RefusalReason reason, String resource, String what) {
    return about(Sort.FAILED_PRECONDITION, reason, resource, what);
  }

  /** A component does not work now. */
  public static Refusal unavailable(RefusalReason reason, String message) {
    return of(Sort.UNAVAILABLE, reason, "", message);
  }

  /** A position of the log that is no longer kept. */
  public static Refusal compacted(ResumeToken asked, ResumeToken oldest) {
    return new Refusal(
        Sort.OUT_OF_RANGE,
        RefusalReason.TOKEN_COMPACTED,
        "",
        "",
        "events behind "
            + asked.encode()
            + " are no longer kept; the oldest valid token is "
            + oldest.encode()
            + ": list what you follow again, and go on from the list's token",
        Map.of("oldest_token", oldest.encode()));
  }

  /** The same for an element of a larger request: prefixes the field, as in "requests[3].". */
  public Refusal within(String prefix) {
    String path = field.isEmpty() ? "" : prefix + field;
    return new Refusal(sort, reason, path, resource, getMessage(), metadata);
  }

  /** The same for the field with this path. */
  public Refusal at(String path) {
    return new Refusal(sort, reason, path, resource, getMessage(), metadata);
  }

  /** The same with these details for programs. */
  public Refusal with(Map<String, String> details) {
    return new Refusal(sort, reason, field, resource, getMessage(), Map.copyOf(details));
  }

  /** The kind of refusal. */
  public Sort sort() {
    return sort;
  }

  /** Why; its name is the reason of ErrorInfo. */
  public RefusalReason reason() {
    return reason;
  }

  /** Path of the wrong field in the request, such as "task.priority". */
  public Optional<String> field() {
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  /** Name of the resource concerned. */
  public Optional<String> resource() {
    return resource.isEmpty() ? Optional.empty() : Optional.of(resource);
  }

  /** Details of the reason for programs, the metadata of ErrorInfo. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
