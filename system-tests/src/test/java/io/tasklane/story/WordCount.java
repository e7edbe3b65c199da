package io.tasklane.story;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;

/** Counts the words of a text: the handler of the README, as a user would add it. */
@Dependent
public final class WordCount implements TaskHandler {
  @Override
  public TaskType type() {
    return TaskType.named("word_count") // every queue accepts it
        .describedAs("Counts the words of a text.")
        .withInputSchema("{\"type\": \"object\", \"required\": [\"text\"]}")
        .withAttemptTimeout(Duration.ofMinutes(1));
  }

  @Override
  public Payload handle(Run run) {
    int words = run.input().text().trim().split("\\s+").length;
    run.log("counted " + words);
    return Payload.json("{\"words\": " + words + "}");
  }
}
