package io.tasklane.grpc.call;

import com.google.protobuf.FieldMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which fields of a resource a client wants to change (AIP-134). */
public final class UpdateMask {
  private UpdateMask() {}

  /**
   * The paths of the mask.
   *
   * @param mask the request's field {@code update_mask}
   * @param allowed what can be changed
   * @throws InvalidRequest where there is none, or one that cannot be changed
   */
  public static Set<String> paths(FieldMask mask, Set<String> allowed) {
    String names = String.join(", ", allowed.stream().sorted().toList());
    if (mask.getPathsCount() == 0) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "update_mask", "must name at least one of " + names);
    }
    for (int i = 0; i < mask.getPathsCount(); i++) {
      if (!allowed.contains(mask.getPaths(i))) {
        throw InvalidRequest.field(
            Reason.INVALID_FIELD,
            "update_mask.paths[" + i + "]",
            "\"" + mask.getPaths(i) + "\" cannot be changed; " + names + " can");
      }
    }
    return new LinkedHashSet<>(mask.getPathsList());
  }
}
