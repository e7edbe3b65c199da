package io.tasklane.grpc.call;

import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest.FieldViolation;
import io.tasklane.grpc.error.InvalidRequest;
import java.util.List;
import java.util.stream.Collectors;

/** A broken rule as clients read it: path, value, and what is allowed. */
final class RuleViolation {
  /** Longer values are cut; nobody needs a payload back to find the mistake. */
  private static final int SHOWN = 80;

  private RuleViolation() {}

  static FieldViolation of(Violation broken, Message request) {
    String value = shown(value(broken.getField(), request));
    return InvalidRequest.violation(
        RequestCheck.reason(broken.getRuleId()),
        path(broken.getField()),
        value.isEmpty() ? broken.getMessage() : value + ": " + broken.getMessage());
  }

  private static String path(FieldPath path) {
    return path.getElementsList().stream()
        .map(RuleViolation::step)
        .collect(Collectors.joining("."));
  }

  private static String step(FieldPathElement element) {
    String name = element.getFieldName();
    return switch (element.getSubscriptCase()) {
      case INDEX -> name + "[" + element.getIndex() + "]";
      case STRING_KEY -> name + "[\"" + element.getStringKey() + "\"]";
      case INT_KEY -> name + "[" + element.getIntKey() + "]";
      case UINT_KEY -> name + "[" + element.getUintKey() + "]";
      case BOOL_KEY -> name + "[" + element.getBoolKey() + "]";
      case SUBSCRIPT_NOT_SET -> name;
    };
  }

  /** What the path leads to; the whole map where it leads into one. */
  private static Object value(FieldPath path, Message request) {
    Object value = request;
    for (FieldPathElement element : path.getElementsList()) {
      if (!(value instanceof Message message)) {
        return value;
      }
      FieldDescriptor field =
          message.getDescriptorForType().findFieldByNumber(element.getFieldNumber());
      if (field == null) {
        return message; // the rule is of a oneof, which has no value of its own
      }
      value =
          element.hasIndex()
              ? message.getRepeatedField(field, (int) element.getIndex())
              : message.getField(field);
    }
    return value;
  }

  /**
   * Numbers, times and texts as they are, bytes by their number; of a whole message or list
   * nothing.
   */
  private static String shown(Object value) {
    if (value instanceof Duration time && Durations.isValid(time)) {
      return Durations.toString(time);
    }
    if (value instanceof Message || value instanceof List) {
      return "";
    }
    if (value instanceof ByteString bytes) {
      return bytes.size() + " bytes";
    }
    if (value instanceof String text) {
      String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      return "\"" + cut + "\"";
    }
    return value.toString();
  }
}
