package io.tasklane.cli.workflow;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.InputText;
import io.tasklane.v1.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A workflow in a file: the message of the contract as proto JSON, in which the {@code inline} of a
 * payload of JSON stands as JSON, just as {@code workflow get -o json} prints it.
 */
public final class WorkflowFile {
  private static final String INLINE = "inline";
  private static final String TYPE = "contentType";
  private static final String TYPE_OF_PROTO = "content_type";

  private WorkflowFile() {}

  /**
   * Reads it.
   *
   * @throws CommandFailure USAGE with the file, and the line where there is one
   */
  static Workflow read(String given) {
    return read("-f", given);
  }

  /** The same of the file that this option names. */
  public static Workflow read(String option, String file) {
    String given = option + " " + file;
    String text = InputText.readFile(option, file);
    try {
      JsonElement tree = StrictJson.read(text);
      close(tree);
      Workflow.Builder workflow = Workflow.newBuilder();
      JsonFormat.parser().merge(tree.toString(), workflow);
      return workflow.build();
    } catch (StrictJson.MalformedException malformed) {
      throw refused(given, malformed.getMessage());
    } catch (InvalidProtocolBufferException unknown) {
      throw refused(given, unknown.getMessage());
    }
  }

  /** Payloads of JSON become bytes, as the message has them. */
  private static void close(JsonElement tree) {
    if (tree.isJsonArray()) {
      tree.getAsJsonArray().forEach(WorkflowFile::close);
    } else if (tree.isJsonObject()) {
      JsonObject object = tree.getAsJsonObject();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        if (isPayload(object, member.getKey())) {
          byte[] body = member.getValue().toString().getBytes(StandardCharsets.UTF_8);
          object.addProperty(INLINE, Base64.getEncoder().encodeToString(body));
          return;
        }
        close(member.getValue());
      }
    }
  }

  private static boolean isPayload(JsonObject object, String member) {
    if (!member.equals(INLINE)) {
      return false;
    }
    JsonElement type = object.has(TYPE) ? object.get(TYPE) : object.get(TYPE_OF_PROTO);
    return type == null || type.getAsString().startsWith("application/json");
  }

  private static CommandFailure refused(String given, String why) {
    return new CommandFailure(ExitCode.USAGE, given + ": " + why);
  }
}
