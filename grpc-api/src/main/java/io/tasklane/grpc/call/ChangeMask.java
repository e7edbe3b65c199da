package io.tasklane.grpc.call;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a resource a request changes (AIP-134): those it names or, where it names none,
 * those that are set. "*" names all that can be changed.
 *
 * @param mask names at least one path, and only such as can be changed
 * @param <M> the resource
 */
public record ChangeMask<M extends Message>(FieldMask mask) {
  private static final String ALL = "*";

  /**
   * What a resource lets be changed.
   *
   * @param mutable paths of fields; their parts may be changed too, but for those that are not
   *     served
   * @param unserved paths of fields that are not served yet, and of parts of such that are mutable
   */
  public record Fields(List<String> mutable, Set<String> unserved) {}

  /**
   * Checks the paths.
   *
   * @param mask the request's field {@code update_mask}
   * @param resource with its new values
   * @param fields what may be changed
   * @throws InvalidRequest naming a path that cannot be changed, or a mask that changes nothing
   */
  public static <M extends Message> ChangeMask<M> of(FieldMask mask, M resource, Fields fields) {
    if (mask.getPathsList().contains(ALL)) {
      return new ChangeMask<>(paths(fields.mutable()));
    }
    if (mask.getPathsCount() == 0) {
      return ofWhatIsSet(resource, fields);
    }
    for (int i = 0; i < mask.getPathsCount(); i++) {
      check(mask.getPaths(i), "update_mask.paths[" + i + "]", resource, fields);
    }
    return new ChangeMask<>(mask);
  }

  private static <M extends Message> ChangeMask<M> ofWhatIsSet(M resource, Fields fields) {
    List<String> set = fields.mutable().stream().filter(path -> isSet(resource, path)).toList();
    if (set.isEmpty()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "update_mask",
          "is empty, and the resource sets nothing that can be changed: "
              + String.join(", ", fields.mutable()));
    }
    return new ChangeMask<>(paths(set));
  }

  private static boolean isSet(Message resource, String path) {
    FieldDescriptor field = resource.getDescriptorForType().findFieldByName(path);
    return field.hasPresence()
        ? resource.hasField(field)
        : !resource
            .getField(field)
            .equals(field.isRepeated() ? List.of() : field.getDefaultValue());
  }

  private static void check(String path, String field, Message resource, Fields fields) {
    if (!FieldMaskUtil.isValid(resource.getDescriptorForType(), path)) {
      String type = resource.getDescriptorForType().getName();
      throw refused(Reason.INVALID_FIELD, field, path, "is no field of " + type);
    }
    if (isIn(fields.unserved(), path)) {
      throw refused(Reason.FIELD_NOT_SERVED, field, path, "is not served yet");
    }
    if (!isIn(fields.mutable(), path)) {
      String allowed = String.join(", ", fields.mutable());
      throw refused(Reason.INVALID_FIELD, field, path, "cannot be changed; these can: " + allowed);
    }
  }

  /** Whether the path is one of these, or leads into one. */
  private static boolean isIn(Iterable<String> paths, String path) {
    for (String whole : paths) {
      if (path.equals(whole) || path.startsWith(whole + ".")) {
        return true;
      }
    }
    return false;
  }

  private static InvalidRequest refused(String reason, String field, String path, String why) {
    return InvalidRequest.field(reason, field, "\"" + path + "\" " + why);
  }

  private static FieldMask paths(List<String> paths) {
    return FieldMask.newBuilder().addAllPaths(paths).build();
  }

  /**
   * The present resource with the named fields as they are wanted; one that is named and not wanted
   * is unset.
   */
  public M apply(M present, M wanted) {
    Message.Builder merged = present.toBuilder();
    FieldMaskUtil.MergeOptions whole =
        new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true)
            .setReplacePrimitiveFields(true);
    FieldMaskUtil.merge(mask, wanted, merged, whole);
    @SuppressWarnings("unchecked") // a builder of M builds an M
    M updated = (M) merged.build();
    return updated;
  }
}
