package io.tasklane.grpc.quick;

import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where the rules of a field draw their lines: every number and every text in them, whatever rule
 * they are part of. A rule that is added to the contract is found here by itself.
 */
final class Borders {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern PREFIX = Pattern.compile("[a-z]+/");
  private static final String ODD = "\0\b\t\n\u001f ~\u007f\u0080é界\uD83D\uDE00/._-AZaz09";

  private final Set<Double> numbers = new TreeSet<>();
  private final Set<String> texts = new TreeSet<>();

  private Borders() {}

  static Borders of(FieldDescriptor field) {
    Borders borders = new Borders();
    borders.read(rules(field));
    return borders;
  }

  static FieldRules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field);
  }

  private void read(Object rule) {
    if (rule instanceof Message message) {
      message.getAllFields().values().forEach(this::read);
    } else if (rule instanceof List<?> list) {
      list.forEach(this::read);
    } else if (rule instanceof Number number) {
      numbers.add(number.doubleValue());
    } else if (rule instanceof String text) {
      texts.add(text);
      NUMBER.matcher(text).results().forEach(found -> numbers.add(Double.valueOf(found.group())));
    }
  }

  /** The numbers themselves. */
  Set<Double> numbers() {
    return numbers;
  }

  /** Lengths just below, at and above what the rules name, as far as anybody would write them. */
  Set<Integer> lengths(int most) {
    Set<Integer> lengths = new TreeSet<>(List.of(0, 1, 2));
    for (double number : numbers) {
      for (int length = (int) number - 1; length <= number + 2 && length <= most; length++) {
        lengths.add(Math.max(0, length));
      }
    }
    return lengths;
  }

  /** Whole texts that stand in the rules. */
  Set<String> texts() {
    return texts;
  }

  /** What texts may have to begin with. */
  Set<String> prefixes() {
    Set<String> prefixes = new TreeSet<>(List.of(""));
    texts.forEach(
        text -> PREFIX.matcher(text).results().forEach(found -> prefixes.add(found.group())));
    return prefixes;
  }

  /** The characters in the rules, their neighbours, and some that are often forgotten. */
  List<String> characters() {
    Set<Integer> characters = new TreeSet<>();
    ODD.codePoints().forEach(characters::add);
    for (String text : texts) {
      text.chars()
          .forEach(c -> characters.addAll(List.of(Math.max(0, c - 1), c, Math.min(127, c + 1))));
    }
    List<String> all = new ArrayList<>();
    characters.forEach(c -> all.add(Character.toString(c)));
    return all;
  }
}
