package io.tasklane.grpc.call;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;

/** The field of a change that names it, so that its repetition takes effect once. */
public final class RequestIdField {
  private static final String NAME = "request_id";

  private RequestIdField() {}

  /**
   * The field of this request; empty where it has none, because it changes nothing or something
   * else, such as a fencing token, makes its repetition harmless.
   */
  public static Optional<FieldDescriptor> of(Message request) {
    return Optional.ofNullable(request.getDescriptorForType().findFieldByName(NAME));
  }
}
