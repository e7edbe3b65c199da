package io.tasklane.cli.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * JSON as YAML. A text stands without quotes only where every reader, those of YAML 1.1 included,
 * takes it for a text: {@code NO}, {@code 12:30} and {@code 2026-11-30} are quoted.
 */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

  private Yaml() {}

  /** The text of a document, without its start and its last line break. */
  static String of(JsonElement tree) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setMaxSimpleKeyLength(1_024)
            .build();
    return new Dump(settings, new QuotingRepresenter(settings))
        .dumpToString(value(tree))
        .stripTrailing();
  }

  private static Object value(JsonElement tree) {
    if (tree.isJsonObject()) {
      Map<String, Object> object = new LinkedHashMap<>();
      tree.getAsJsonObject()
          .entrySet()
          .forEach(each -> object.put(each.getKey(), value(each.getValue())));
      return object;
    }
    if (tree.isJsonArray()) {
      List<Object> array = new ArrayList<>();
      tree.getAsJsonArray().forEach(each -> array.add(value(each)));
      return array;
    }
    return tree.isJsonNull() ? null : scalar(tree.getAsJsonPrimitive());
  }

  private static Object scalar(JsonPrimitive value) {
    if (value.isBoolean()) {
      return value.getAsBoolean();
    }
    if (value.isString()) {
      return value.getAsString();
    }
    String digits = value.getAsString();
    return WHOLE.matcher(digits).matches() ? new BigInteger(digits) : new BigDecimal(digits);
  }

  /** Puts every text in quotes that might be read as something else. */
  private static final class QuotingRepresenter extends StandardRepresenter {
    QuotingRepresenter(DumpSettings settings) {
      super(settings);
      representers.put(String.class, text -> representScalar(Tag.STR, (String) text, style(text)));
    }

    private static ScalarStyle style(Object text) {
      String plain = (String) text;
      return PLAIN.matcher(plain).matches() && !WORD.matcher(plain).matches()
          ? ScalarStyle.PLAIN
          : ScalarStyle.DOUBLE_QUOTED;
    }
  }
}
