package io.tasklane.grpc.call;

import build.buf.protovalidate.Violation;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import io.tasklane.grpc.error.InvalidRequest;
import java.util.stream.Collectors;

/** Tells a broken rule the way clients read it: path, value, and what is allowed. */
final class BrokenRule {
  /** Longer values are cut; nobody needs a payload back to find the mistake. */
  private static final int SHOWN = 80;

  private BrokenRule() {}

  static FieldViolation told(Violation violation) {
    build.buf.validate.Violation broken = violation.toProto();
    return InvalidRequest.violation(
        RequestCheck.reason(broken.getRuleId()),
        path(broken.getField()),
        value(violation.getFieldValue()) + broken.getMessage());
  }

  private static String path(FieldPath path) {
    return path.getElementsList().stream().map(BrokenRule::step).collect(Collectors.joining("."));
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

  private static String value(Violation.FieldValue field) {
    if (field == null || field.getValue() == null || field.getDescriptor().isRepeated()) {
      return "";
    }
    Object value = field.getValue();
    if (value instanceof Message) {
      return "";
    }
    if (value instanceof ByteString bytes) {
      return bytes.size() + " bytes: ";
    }
    String text = value.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    boolean quoted = field.getDescriptor().getJavaType() == FieldDescriptor.JavaType.STRING;
    return (quoted ? "\"" + shown + "\"" : shown) + ": ";
  }
}
