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
 * Which fields of a resource a request changes (AIP-134).
 *
 * @param mask names at least one path, and only such as can be changed
 * @param <M> the resource
 */
public record UpdateMask<M extends Message>(FieldMask mask) {
  private static final String ALL = "*";

  /**
   * What a resource lets be changed.
   *
   * @param mutable paths of fields
   * @param parts whether parts of those fields may be changed too, but for those that are not
   *     served
   * @param unserved paths of fields that are not served yet, and of parts of such that are mutable
   */
  public record Fields(List<String> mutable, boolean parts, Set<String> unserved) {}

  /**
   * Those that the request names, at least one.
   *
   * @param mask the request's field {@code update_mask}
   * @param resource with its new values
   * @param fields what may be changed
   * @throws InvalidRequest naming a path that cannot be changed, or a mask that names none
   */
  public static <M extends Message> UpdateMask<M> named(FieldMask mask, M resource, Fields fields) {
    if (mask.getPathsCount() == 0) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "update_mask",
          "must name at least one of " + String.join(", ", fields.mutable()));
    }
    for (int i = 0; i < mask.getPathsCount(); i++) {
      check(mask.getPaths(i), "update_mask.paths[" + i + "]", resource, fields);
    }
    return new UpdateMask<>(mask);
  }

  /**
   * Those that the request names or, where it names none, those that are set; "*" names all that
   * can be changed.
   *
   * @param mask the request's field {@code update_mask}
   * @param resource with its new values
   * @param fields what may be changed
   * @throws InvalidRequest naming a path that cannot be changed, or a mask that changes nothing
   */
  public static <M extends Message> UpdateMask<M> namedOrSet(
      FieldMask mask, M resource, Fields fields) {
    if (mask.getPathsList().contains(ALL)) {
      return new UpdateMask<>(paths(fields.mutable()));
    }
    return mask.getPathsCount() == 0
        ? ofWhatIsSet(resource, fields)
        : named(mask, resource, fields);
  }

  private static <M extends Message> UpdateMask<M> ofWhatIsSet(M resource, Fields fields) {
    List<String> set = fields.mutable().stream().filter(path -> isSet(resource, path)).toList();
    if (set.isEmpty()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "update_mask",
          "is empty, and the resource sets nothing that can be changed: "
              + String.join(", ", fields.mutable()));
    }
    return new UpdateMask<>(paths(set));
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
    if (isIn(fields.unserved(), path, true)) {
      throw refused(Reason.FIELD_NOT_SERVED, field, path, "is not served yet");
    }
    if (!isIn(fields.mutable(), path, fields.parts())) {
      String allowed = String.join(", ", fields.mutable());
      throw refused(Reason.INVALID_FIELD, field, path, "cannot be changed; these can: " + allowed);
    }
  }

  /** Whether the path is one of these or, where parts count, leads into one. */
  private static boolean isIn(Iterable<String> paths, String path, boolean parts) {
    for (String whole : paths) {
      if (path.equals(whole) || parts && path.startsWith(whole + ".")) {
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
