package io.tasklane.cli.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Literals of Python, and JSON, mean what they mean there. */
class LiteralReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "60 * 5 + 1 | 301",
        "2 * -3 | -6",
        "7 / 2 | 3.5",
        "1_000.5e1 | 10005",
        "(1) | 1",
        "(1,) | [1]",
        "() | []",
        "[True, False, None, true, null] | [true,false,null,true,null]",
        "'it\\'s' | \"it's\"",
        "\"a\" 'b' | \"ab\"",
        "r'a\\b' | \"a\\\\b\"",
        "'''a 'b' ''' | \"a 'b' \"",
        "\"\\u00e9\\/\\x41\" | \"é/A\"",
        "{'a': 1, 2: {'b': []},} | {\"a\":1,\"2\":{\"b\":[]}}",
        "app.conf.beat_schedule = {} # what is ours | {}",
      })
  void a_literal_is_read_as_its_json(String text, String json) throws Exception {
    assertThat(LiteralReader.read(text).json().toString()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{'a'}",
        "{'a': }",
        "[1 2]",
        "'a",
        "'a\nb'",
        "1 +",
        "'a' + 1",
        "{**x}",
        "f(a=)",
        "'\\q'",
        "'\\u12'",
        "lambda: 1",
        "[x for x in y]",
        "1 if a else 2",
        "{'a': 1} {}"
      })
  void anything_else_is_refused_with_its_line(String text) {
    assertThatThrownBy(() -> LiteralReader.read("\n" + text))
        .isInstanceOf(Malformed.class)
        .message()
        .matches("(?s)line [23]: .*");
  }
}
