package io.tasklane.story;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;

/** Counts the words of a text: the handler of the README, as a user would add it. */
@Dependent
public final class WordCount implements TaskHandler {
  @Override
  public TaskType type() {
    return new TaskType(
        "word_count",
        List.of(), // every queue accepts it
        "Counts the words of a text.",
        "{\"type\": \"object\", \"required\": [\"text\"]}",
        RetryPolicy.DEFAULT, // 4 attempts, after 1, 2 and 4 seconds
        Duration.ofMinutes(1));
  }

  @Override
  public Payload handle(Run run) {
    int words = run.input().text().trim().split("\\s+").length;
    run.log("counted " + words);
    return Payload.json("{\"words\": " + words + "}");
  }
}
