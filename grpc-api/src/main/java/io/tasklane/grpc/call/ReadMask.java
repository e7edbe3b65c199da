package io.tasklane.grpc.call;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;

/**
 * Which fields of a resource a client wants (AIP-157). No mask, or "*", means all of them.
 *
 * @param mask its paths exist
 * @param <M> the resource
 */
public record ReadMask<M extends Message>(FieldMask mask) {
  private static final String ALL = "*";

  /**
   * Checks the paths.
   *
   * @param mask the request's field {@code read_mask}
   * @param resource the message the paths are of
   * @throws InvalidRequest naming a path that the resource does not have
   */
  public static <M extends Message> ReadMask<M> of(FieldMask mask, M resource) {
    for (int i = 0; i < mask.getPathsCount(); i++) {
      String path = mask.getPaths(i);
      boolean known = FieldMaskUtil.isValid(resource.getDescriptorForType(), path);
      if (!known && !path.equals(ALL)) {
        throw InvalidRequest.field(
            Reason.INVALID_FIELD,
            "read_mask.paths[" + i + "]",
            "\"" + path + "\" is no field of " + resource.getDescriptorForType().getName());
      }
    }
    return new ReadMask<>(mask);
  }

  /** The resource with the wanted fields alone. */
  public M of(M resource) {
    if (mask.getPathsCount() == 0 || mask.getPathsList().contains(ALL)) {
      return resource;
    }
    Message.Builder wanted = resource.newBuilderForType();
    FieldMaskUtil.merge(mask, resource, wanted);
    @SuppressWarnings("unchecked") // a builder of M builds an M
    M masked = (M) wanted.build();
    return masked;
  }
}
