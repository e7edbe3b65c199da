package io.tasklane.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void figures_say_on_what_machine_they_were_taken() {
    String line = new Figures("one-queue").put("tasks", 5000).put("rate", 1.23456).json();
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    assertThat(json.get("scenario").getAsString()).isEqualTo("one-queue");
    assertThat(json.getAsJsonObject("machine").get("cores").getAsInt()).isPositive();
    assertThat(json.get("tasks").getAsString()).isEqualTo("5000");
    assertThat(json.get("rate").getAsDouble()).isEqualTo(1.235);
  }
}
