package com.example.words;

import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;

/** Counts the words of a text. */
@Dependent
public class WordCount implements TaskHandler {
  @Override
  public TaskType type() {
    return TaskType.named("word_count") // every queue accepts it
        .describedAs("Counts the words of a text.")
        .withInputSchema(
            "{\"type\": \"object\", \"required\": [\"text\"],"
                + " \"properties\": {\"text\": {\"type\": \"string\"}}}")
        .withAttemptTimeout(Duration.ofMinutes(1)); // the queue says how often it is tried
  }

  @Override
  public Payload handle(Run run) {
    String text = text(run.input());
    if (text.isEmpty()) {
      throw FailureException.permanent("TEXT_EMPTY", "the text has no words to count");
    }
    int words = text.split("\\s+").length;
    run.log("counted " + words);
    return Payload.json("{\"words\": " + words + "}");
  }

  private static String text(Payload input) {
    try (JsonReader reader = Json.createReader(new StringReader(input.text()))) {
      return reader.readObject().getString("text").strip();
    }
  }
}
