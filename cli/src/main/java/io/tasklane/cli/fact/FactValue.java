package io.tasklane.cli.fact;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Values;
import java.io.IOException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a value as people type it: JSON, or a word, which is a string. So {@code true} and {@code
 * 4.5} are what they look like, {@code live} and {@code 0700} are strings, and what begins like an
 * object, a list or a quoted string has to be one.
 */
final class FactValue implements ITypeConverter<Value> {
  private static final Pattern SCALAR =
      Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern STRUCTURED = Pattern.compile("\\s*[\\[{\"].*", Pattern.DOTALL);
  private static final TypeAdapter<JsonElement> STRICT = new Gson().getAdapter(JsonElement.class);

  @Override
  public Value convert(String text) {
    if (!SCALAR.matcher(text).matches() && !STRUCTURED.matcher(text).matches()) {
      return Values.of(text);
    }
    try {
      STRICT.fromJson(text);
      Value.Builder value = Value.newBuilder();
      JsonFormat.parser().merge(text, value);
      return value.build();
    } catch (IOException | JsonParseException malformed) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'"
            + text
            + "' is no JSON; allowed are JSON, such as true, 4.5 or '{\"a\": [1]}', and words");
  }
}
