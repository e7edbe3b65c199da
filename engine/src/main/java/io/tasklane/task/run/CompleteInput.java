package io.tasklane.task.run;

import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.database.Database;
import io.tasklane.database.JsonMakers;
import io.tasklane.dependency.OutputReader;
import io.tasklane.task.Dependency;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The input of a task with the outputs of the tasks it needs, under the keys it asked for. A JSON
 * output becomes the value itself, one that is kept as an artifact an object with {@code
 * content_type} and {@code reference}, any other an object with {@code content_type} and {@code
 * base64}; null stands for a task that left none.
 */
public final class CompleteInput {
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private final Database database;
  private final BiConsumer<String, Payload> check;

  /**
   * Makes it.
   *
   * @param database where the outputs are
   * @param check refuses an input that does not fit the schema of the named task type
   */
  public CompleteInput(Database database, BiConsumer<String, Payload> check) {
    this.database = database;
    this.check = check;
  }

  /**
   * What the handler will see.
   *
   * @throws FailureException permanent where it is too large or does not fit the schema, retryable
   *     where the outputs cannot be read now
   */
  Payload of(Task task) {
    List<Dependency> handing =
        task.start().dependencies().stream().filter(d -> d.inputKey().isPresent()).toList();
    if (handing.isEmpty()) {
      return task.input();
    }
    Payload whole = merged(task.input(), handing, outputs(task, handing));
    try {
      check.accept(task.taskType(), whole);
    } catch (Refusal unfit) {
      throw FailureException.permanent(unfit.reason(), unfit.getMessage());
    }
    return whole;
  }

  private Map<String, Payload> outputs(Task task, List<Dependency> handing) {
    List<String> ids = handing.stream().map(Dependency::taskId).toList();
    try {
      return database
          .with(connection -> OutputReader.read(connection, ids, MOST_BYTES))
          .orElseThrow(
              () ->
                  FailureException.permanent(
                      "INPUT_TOO_LARGE",
                      task.name()
                          + ": the outputs of the tasks it needs are more than "
                          + MOST_BYTES
                          + " bytes together"));
    } catch (Refusal away) {
      throw FailureException.retryable(
          "OUTPUTS_UNREADABLE", task.name() + ": " + away.getMessage(), away);
    }
  }

  private static Payload merged(
      Payload input, List<Dependency> handing, Map<String, Payload> outputs) {
    JsonObjectBuilder whole;
    try (JsonReader reader =
        JsonMakers.READERS.createReader(new ByteArrayInputStream(input.body()))) {
      whole = JsonMakers.BUILDERS.createObjectBuilder(reader.readObject());
    }
    for (Dependency dependency : handing) {
      Payload output = outputs.get(dependency.taskId());
      whole.add(
          dependency.inputKey().orElseThrow(), output == null ? JsonValue.NULL : value(output));
    }
    return Payload.json(whole.build().toString());
  }

  private static JsonValue value(Payload output) {
    if (output.reference().isPresent()) {
      return named(output.reference().get());
    }
    if (output.isJson()) {
      try (JsonReader reader =
          JsonMakers.READERS.createReader(new ByteArrayInputStream(output.body()))) {
        return reader.readValue();
      } catch (JsonException malformed) {
        return encoded(output); // it only claims to be JSON; its bytes are handed on as they are
      }
    }
    return encoded(output);
  }

  private static JsonValue named(ArtifactReference artifact) {
    return JsonMakers.BUILDERS
        .createObjectBuilder()
        .add("content_type", artifact.contentType())
        .add(
            "reference",
            JsonMakers.BUILDERS
                .createObjectBuilder()
                .add("uri", artifact.name())
                .add("size_bytes", artifact.sizeBytes())
                .add("sha256", artifact.sha256()))
        .build();
  }

  private static JsonValue encoded(Payload output) {
    return JsonMakers.BUILDERS
        .createObjectBuilder()
        .add("content_type", output.contentType())
        .add("base64", Base64.getEncoder().encodeToString(output.body()))
        .build();
  }
}
