package io.tasklane.grpc.error;

/**
 * The reasons that ErrorInfo carries where the edge itself refuses; the application has its own.
 */
public final class Reason {
  /** The domain of every reason. */
  public static final String DOMAIN = "tasklane.io";

  /** A field breaks a rule of the contract. */
  public static final String INVALID_FIELD = "INVALID_FIELD";

  /** A field is part of the contract and not served yet; nothing is silently ignored. */
  public static final String FIELD_NOT_SERVED = "FIELD_NOT_SERVED";

  /** A method is part of the contract and not served yet. */
  public static final String METHOD_NOT_SERVED = "METHOD_NOT_SERVED";

  /** A message is larger than any request may be. */
  public static final String MESSAGE_TOO_LARGE = "MESSAGE_TOO_LARGE";

  /** A message is not of the type that the method takes. */
  public static final String MESSAGE_UNREADABLE = "MESSAGE_UNREADABLE";

  /** The service whose health is asked for is unknown. */
  public static final String SERVICE_UNKNOWN = "SERVICE_UNKNOWN";

  /** An inline payload is over its limit. */
  public static final String PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE";

  /** An event's type is one that Tasklane alone publishes. */
  public static final String EVENT_TYPE_RESERVED = "EVENT_TYPE_RESERVED";

  /** A filter cannot be read, or asks for what cannot be filtered by. */
  public static final String FILTER = "FILTER";

  /** A list cannot be ordered like that. */
  public static final String ORDER_BY = "ORDER_BY";

  /** A page token is not from this list with this filter. */
  public static final String PAGE_TOKEN = "PAGE_TOKEN";

  /** A resume token was not given out by this service. */
  public static final String RESUME_TOKEN = "RESUME_TOKEN";

  /** The server stops, or wants a stream to be opened anew. */
  public static final String STREAM_CLOSED = "STREAM_CLOSED";

  /** An internal error; the metadata hold the id under which the log says more. */
  public static final String INTERNAL = "INTERNAL";

  private Reason() {}
}
