package io.tasklane.task.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.commit.UserJson;
import io.tasklane.database.Database;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.OutputReader;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The input of a task with the outputs of the tasks it needs, under the keys it asked for. A JSON
 * output becomes the value itself, one that is kept as an artifact an object with {@code
 * content_type} and {@code reference}, any other an object with {@code content_type} and {@code
 * base64}; a task without output gives null.
 *
 * @param database with the outputs
 * @param check refuses an input that does not fit the schema of the named task type
 */
public record CompleteInput(Database database, BiConsumer<String, Payload> check) {
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * What the handler will see.
   *
   * @throws FailureException permanent where an output is over, where it is too large, exceeds a
   *     limit of JSON or does not fit the schema
   * @throws Refusal UNAVAILABLE where the outputs cannot be read now
   */
  public Payload of(Task task) {
    List<Dependency> handing =
        task.start().dependencies().stream().filter(d -> d.inputKey().isPresent()).toList();
    if (handing.isEmpty()) {
      return task.input();
    }
    Payload whole = merged(task, handing, outputs(task, handing));
    try {
      check.accept(task.taskType(), whole);
    } catch (Refusal unfit) {
      throw FailureException.permanent(unfit.reason().name(), unfit.getMessage());
    }
    return whole;
  }

  private Map<String, Payload> outputs(Task task, List<Dependency> handing) {
    List<String> ids = handing.stream().map(Dependency::taskId).toList();
    OutputReader.Outputs found =
        database.with(c -> OutputReader.read(c, task.id(), ids, MOST_BYTES));
    if (!found.over().isEmpty()) {
      throw FailureException.permanent(
          "RESULT_EXPIRED",
          task.name()
              + ": the result of tasks/"
              + String.join(", tasks/", found.over())
              + " was over before this task was created");
    }
    if (found.areTooLarge()) {
      throw FailureException.permanent(
          "INPUT_TOO_LARGE",
          task.name()
              + ": the outputs of the tasks it needs are more than "
              + MOST_BYTES
              + " bytes together");
    }
    return found.payloads();
  }

  private static Payload merged(Task task, List<Dependency> handing, Map<String, Payload> outputs) {
    try {
      if (!(UserJson.read(task.input().body()) instanceof ObjectNode whole)) {
        throw new IOException("the input is no JSON object");
      }
      for (Dependency dependency : handing) {
        Payload output = outputs.get(dependency.taskId());
        whole.set(
            dependency.inputKey().orElseThrow(),
            output == null ? NODES.nullNode() : value(task, dependency, output));
      }
      return Payload.json(UserJson.write(whole));
    } catch (IOException unfit) {
      throw tooComplex(task, "its input cannot be completed", unfit);
    }
  }

  private static JsonNode value(Task task, Dependency dependency, Payload output) {
    if (output.reference().isPresent()) {
      return named(output.reference().get());
    }
    if (output.isJson()) {
      try {
        JsonNode json = UserJson.read(output.body());
        return json.isMissingNode() ? encoded(output) : json;
      } catch (UserJson.LimitExceededException limit) {
        throw tooComplex(task, "the output of " + dependency.taskName() + " cannot be read", limit);
      } catch (IOException malformed) {
        return encoded(output); // it only claims to be JSON; its bytes are passed on as they are
      }
    }
    return encoded(output);
  }

  private static FailureException tooComplex(Task task, String what, IOException limit) {
    return FailureException.permanent(
        "INPUT_TOO_COMPLEX",
        task.name() + ": " + what + ": " + limit.getMessage() + "; it is not tried again",
        limit);
  }

  private static JsonNode named(ArtifactReference artifact) {
    ObjectNode json = NODES.objectNode().put("content_type", artifact.contentType());
    json.putObject("reference")
        .put("uri", artifact.name())
        .put("size_bytes", artifact.sizeBytes())
        .put("sha256", artifact.sha256());
    return json;
  }

  private static JsonNode encoded(Payload output) {
    return NODES
        .objectNode()
        .put("content_type", output.contentType())
        .put("base64", Base64.getEncoder().encodeToString(output.body()));
  }
}
