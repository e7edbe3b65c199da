package io.tasklane.trading.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

class JsonRecordTest {

  @Test
  void null_where_a_number_is_needed_is_called_missing() {
    for (String text : new String[] {"{\"cash\":null}", "{}"}) {
      JsonObject json = JsonText.parse("a.json", text).asJsonObject();
      assertThatThrownBy(() -> new JsonRecord("a.json", "[2]", json).decimal("cash"))
          .hasMessageContaining("a.json [2] field cash")
          .hasMessageContaining("(missing)")
          .hasMessageNotContaining("null");
    }
  }
}
