package io.tasklane.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserJsonTest {
  /** The reader would take these bytes for UTF-16 or put U+FFFD in the place of what is none. */
  @Test
  void a_document_is_read_as_utf_8_alone() throws IOException {
    byte[] latin = "{\"name\":\"Zürich\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> UserJson.read(latin)).hasMessage("it is not UTF-8");
    assertThatThrownBy(() -> UserJson.require(latin)).hasMessage("it is not UTF-8");
    assertThatThrownBy(() -> UserJson.read(wide)).isInstanceOf(IOException.class);
    byte[] right = "{\"name\":\"Zürich\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(UserJson.read(right).get("name").asText()).isEqualTo("Zürich");
  }
}
