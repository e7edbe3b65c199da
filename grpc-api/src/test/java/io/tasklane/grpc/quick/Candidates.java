package io.tasklane.grpc.quick;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Values that one field might be given: good ones, bad ones, and those next to the border. */
final class Candidates {
  private static final int LONGEST_TEXT = 3000;
  private static final int LARGEST_BYTES = 300_000;
  private static final int LONGEST_LIST = 1200;
  private static final List<String> FILLERS = List.of("a", "A", "0");

  private Candidates() {}

  /** Of one value of this field, of an element where it has many. */
  static List<Object> of(FieldDescriptor field, Borders borders) {
    return switch (field.getJavaType()) {
      case STRING -> texts(borders);
      case INT -> integers(borders).mapToObj(one -> (Object) (int) one).toList();
      case LONG -> integers(borders).boxed().map(one -> (Object) one).toList();
      case DOUBLE -> List.copyOf(doubles(borders));
      case FLOAT -> doubles(borders).stream().map(one -> (Object) one.floatValue()).toList();
      case BOOLEAN -> List.of(false, true);
      case ENUM -> constants(field.getEnumType());
      case BYTE_STRING ->
          borders.lengths(LARGEST_BYTES).stream()
              .map(length -> (Object) ByteString.copyFrom(new byte[length]))
              .toList();
      case MESSAGE -> messages(field, borders);
    };
  }

  /** Of how many elements a list may have. */
  static Set<Integer> counts(Borders borders) {
    return borders.lengths(LONGEST_LIST);
  }

  private static List<Object> texts(Borders borders) {
    Set<Object> texts = new LinkedHashSet<>(borders.texts());
    for (String prefix : borders.prefixes()) {
      for (String filler : FILLERS) {
        for (int length : borders.lengths(LONGEST_TEXT)) {
          texts.add(prefix + filler.repeat(length));
          texts.add((prefix + filler.repeat(length)).substring(Math.min(length, prefix.length())));
        }
        for (String odd : borders.characters()) {
          texts.add(prefix + odd);
          texts.add(prefix + odd + filler);
          texts.add(prefix + filler + odd + filler);
          texts.add(prefix + filler + odd);
          texts.add(odd + prefix + filler);
        }
      }
    }
    return List.copyOf(texts);
  }

  private static LongStream integers(Borders borders) {
    return LongStream.concat(
        LongStream.of(-1, 0, 1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE),
        borders.numbers().stream()
            .flatMapToLong(n -> LongStream.rangeClosed((long) (n - 1), (long) (n + 1))));
  }

  private static List<Double> doubles(Borders borders) {
    List<Double> all =
        new ArrayList<>(
            List.of(-1.0, -0.0, 0.0, 0.5, 1.5, Double.MIN_VALUE, Double.NaN, 1e300, -1e300));
    all.add(Double.POSITIVE_INFINITY);
    for (double border : borders.numbers()) {
      all.addAll(List.of(Math.nextDown(border), border, Math.nextUp(border)));
    }
    return all;
  }

  private static List<Object> constants(EnumDescriptor type) {
    return IntStream.rangeClosed(-1, type.getValues().size() + 1)
        .mapToObj(number -> (Object) type.findValueByNumberCreatingIfUnknown(number))
        .toList();
  }

  private static List<Object> messages(FieldDescriptor field, Borders borders) {
    if (field.getMessageType().equals(Duration.getDescriptor())) {
      return List.copyOf(durations(borders));
    }
    if (field.getMessageType().equals(Timestamp.getDescriptor())) {
      return List.of(time(-1, 0), time(0, 0), time(Long.MAX_VALUE, 1_000_000_000));
    }
    return List.of();
  }

  private static Message time(long seconds, int nanos) {
    return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
  }

  /** The numbers in the rules may be hours, seconds or milliseconds. */
  private static List<Duration> durations(Borders borders) {
    List<Duration> all = new ArrayList<>();
    List<Duration> marks = new ArrayList<>(List.of(Durations.ZERO));
    for (double number : borders.numbers()) {
      marks.add(Durations.fromHours((long) number));
      marks.add(Durations.fromSeconds((long) number));
      marks.add(Durations.fromMillis((long) number));
    }
    for (Duration mark : marks) {
      all.add(mark);
      all.add(Durations.add(mark, Durations.fromNanos(1)));
      all.add(Durations.subtract(mark, Durations.fromNanos(1)));
      all.add(mark.toBuilder().setNanos(-1).build());
      all.add(mark.toBuilder().setNanos(1_000_000_000).build());
      all.add(mark.toBuilder().setSeconds(mark.getSeconds() - 1).setNanos(2_000_000_000).build());
    }
    return all;
  }
}
