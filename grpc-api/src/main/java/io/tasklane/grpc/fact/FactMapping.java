package io.tasklane.grpc.fact;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.tasklane.api.StoredFact;
import io.tasklane.fact.Fact;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fact as the wire shows it and asks for it. */
public final class FactMapping {
  /** Levels of lists and objects, one within another; the runtime of the wire reads no more. */
  private static final int MAX_NESTING = 100;

  private FactMapping() {}

  static io.tasklane.v1.Fact toWire(StoredFact stored) {
    io.tasklane.v1.Fact.Builder wire =
        io.tasklane.v1.Fact.newBuilder()
            .setName(WireName.FACT.of(stored.fact().name()))
            .setValue(value(stored.fact().value()))
            .setUpdateTime(WireTime.of(stored.updateTime()))
            .setActor(FailureMapping.toWire(stored.actor()));
    stored.fact().expireTime().map(WireTime::of).ifPresent(wire::setExpireTime);
    return wire.build();
  }

  /** A fact to set. Core's constructor knows what is allowed; here the field gets its name. */
  public static Fact fromWire(io.tasklane.v1.Fact wire) {
    String name = WireName.FACT.id(wire.getName(), "fact.name");
    Optional<Instant> expireTime =
        wire.hasExpireTime()
            ? Optional.of(WireTime.of(wire.getExpireTime(), "fact.expire_time"))
            : Optional.empty();
    try {
      return new Fact(name, plain(wire.getValue(), 0), expireTime);
    } catch (IllegalArgumentException notAllowed) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, "fact.value", notAllowed.getMessage());
    }
  }

  private static Value value(Object plain) {
    Value.Builder value = Value.newBuilder();
    if (plain instanceof Map<?, ?> members) {
      Struct.Builder struct = value.getStructValueBuilder();
      members.forEach((key, member) -> struct.putFields((String) key, value(member)));
    } else if (plain instanceof List<?> elements) {
      ListValue.Builder list = value.getListValueBuilder();
      elements.forEach(element -> list.addValues(value(element)));
    } else if (plain instanceof Number number) {
      value.setNumberValue(number.doubleValue());
    } else if (plain instanceof Boolean truth) {
      value.setBoolValue(truth);
    } else if (plain instanceof String text) {
      value.setStringValue(text);
    } else {
      value.setNullValue(NullValue.NULL_VALUE);
    }
    return value.build();
  }

  private static Object plain(Value value, int depth) {
    if (depth > MAX_NESTING) {
      throw new IllegalArgumentException("it nests deeper than " + MAX_NESTING + " levels");
    }
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> {
        Map<String, Object> members = new LinkedHashMap<>();
        value
            .getStructValue()
            .getFieldsMap()
            .forEach((name, member) -> members.put(name, plain(member, depth + 1)));
        yield members;
      }
      case LIST_VALUE -> {
        List<Object> elements = new ArrayList<>();
        value.getListValue().getValuesList().forEach(e -> elements.add(plain(e, depth + 1)));
        yield elements;
      }
      case NUMBER_VALUE -> value.getNumberValue();
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case NULL_VALUE -> null;
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("a value of no kind is not allowed: null is written");
    };
  }
}
