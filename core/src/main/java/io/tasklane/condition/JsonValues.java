package io.tasklane.condition;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which type of CEL a JSON value has, and the reverse; the same for inputs, outputs, facts and
 * events. JSON has one kind of number, and the wire writes a fact as a double whatever it is: so
 * the value decides and not the way it is written. 450, 450.0 and 4.5e2 are the int 450; a number
 * with a fraction, or beyond 64 bits, is the nearest double. Objects are maps, null is null; a text
 * stays a text, also one that looks like a number or a time.
 */
public final class JsonValues {
  private record CelType(Class<?> of, String name) {}

  /** What the runtime represents CEL's types by; of several that fit, the first counts. */
  private static final List<CelType> TYPES =
      List.of(
          new CelType(NullValue.class, "null"),
          new CelType(Boolean.class, "bool"),
          new CelType(Long.class, "int"),
          new CelType(Double.class, "double"),
          new CelType(String.class, "string"),
          new CelType(List.class, "list"),
          new CelType(Map.class, "map"),
          new CelType(Instant.class, "timestamp"),
          new CelType(Duration.class, "duration"),
          new CelType(CelByteString.class, "bytes"),
          new CelType(Number.class, "uint"));

  /** Levels of objects and arrays, one within another. */
  public static final int MAX_NESTING = 1000;

  /** Characters of a number. */
  public static final int MAX_NUMBER_LENGTH = 1000;

  private static final BigDecimal MIN_INT = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_INT = BigDecimal.valueOf(Long.MAX_VALUE);

  private JsonValues() {}

  /**
   * The value in CEL.
   *
   * @param json maps with strings as keys, lists, strings, booleans, numbers and null
   * @throws IllegalArgumentException where it nests too deep, a number is too long, a key is no
   *     string, or it is nothing that JSON has
   */
  public static Object toCel(Object json) {
    return toCel(json, 0);
  }

  /** Loops without lambdas keep a thousand levels within the stack of any thread. */
  private static Object toCel(Object json, int depth) {
    if (json == null || json instanceof NullValue) {
      return NullValue.NULL_VALUE;
    }
    if (json instanceof String || json instanceof Boolean) {
      return json;
    }
    if (json instanceof Number number) {
      return number(number);
    }
    if (depth == MAX_NESTING) {
      throw new IllegalArgumentException("it nests deeper than " + MAX_NESTING + " levels");
    }
    if (json instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        members.put(name(member.getKey()), toCel(member.getValue(), depth + 1));
      }
      return Collections.unmodifiableMap(members);
    }
    if (json instanceof List<?> list) {
      List<Object> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(toCel(element, depth + 1));
      }
      return Collections.unmodifiableList(elements);
    }
    throw new IllegalArgumentException("JSON has no " + json.getClass().getSimpleName());
  }

  private static Object number(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return number.longValue();
    }
    if (number instanceof Double fraction && !Double.isFinite(fraction)) {
      throw new IllegalArgumentException("JSON has no " + fraction);
    }
    String text = number.toString();
    if (text.length() > MAX_NUMBER_LENGTH) {
      throw new IllegalArgumentException(
          "a number is longer than " + MAX_NUMBER_LENGTH + " characters");
    }
    BigDecimal exact = new BigDecimal(text);
    // no conditional expression: that would turn both into doubles
    if (isInt(exact)) {
      return exact.longValueExact();
    }
    return nearest(exact);
  }

  /** Compares first: the digits of 1e999999999 would fill the memory. */
  private static boolean isInt(BigDecimal exact) {
    return exact.compareTo(MIN_INT) >= 0
        && exact.compareTo(MAX_INT) <= 0
        && (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0);
  }

  private static double nearest(BigDecimal exact) {
    double value = exact.doubleValue();
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("a number is beyond 1.8e308");
    }
    return value;
  }

  /**
   * The value as JSON has it: times as in RFC 3339, durations in seconds ("1.5s"), bytes in base64.
   *
   * @throws IllegalArgumentException where JSON has no such value
   */
  static Object toJson(Object cel) {
    return toJson(cel, 0);
  }

  private static Object toJson(Object cel, int depth) {
    if (cel instanceof String || cel instanceof Boolean || cel instanceof Long) {
      return cel;
    }
    if (cel instanceof NullValue) {
      return null;
    }
    if (depth == MAX_NESTING) {
      throw new IllegalArgumentException("it nests deeper than " + MAX_NESTING + " levels");
    }
    if (cel instanceof Map<?, ?> map) {
      return members(map, depth);
    }
    if (cel instanceof List<?> list) {
      List<Object> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(toJson(element, depth + 1));
      }
      return Collections.unmodifiableList(elements);
    }
    return scalar(cel);
  }

  private static Map<String, Object> members(Map<?, ?> map, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : map.entrySet()) {
      members.put(name(member.getKey()), toJson(member.getValue(), depth + 1));
    }
    return Collections.unmodifiableMap(members);
  }

  private static String name(Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException("the key " + key + " of a map is no string");
  }

  private static Object scalar(Object cel) {
    if (cel instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    if (cel instanceof Instant time) {
      return time.toString();
    }
    if (cel instanceof Duration length) {
      BigDecimal seconds = BigDecimal.valueOf(length.getSeconds());
      BigDecimal all = seconds.add(BigDecimal.valueOf(length.getNano(), 9));
      return all.signum() == 0 ? "0s" : all.stripTrailingZeros().toPlainString() + "s";
    }
    if (cel instanceof CelByteString bytes) {
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
    if (cel instanceof Number unsigned && !(cel instanceof Double)) {
      return new BigInteger(unsigned.toString());
    }
    throw new IllegalArgumentException(
        cel instanceof Double ? "JSON has no " + cel : "JSON has no such value");
  }

  /** The type of a value of CEL, for messages. */
  static String typeName(Object cel) {
    return TYPES.stream()
        .filter(type -> type.of().isInstance(cel))
        .findFirst()
        .map(CelType::name)
        .orElse("type");
  }
}
