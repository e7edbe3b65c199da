package io.tasklane.cli.task;

import com.google.protobuf.ByteString;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.InputText;
import io.tasklane.v1.Payload;

/**
 * The input of a task as people give it: JSON on the command line, "@" and a file of it, or "-" for
 * standard input.
 */
public final class TaskInput {
  private TaskInput() {}

  /**
   * The input to send; its JSON is checked by the server.
   *
   * @throws CommandFailure USAGE naming the file that cannot be read
   */
  public static Payload read(String given) {
    return Payload.newBuilder()
        .setContentType("application/json")
        .setInline(ByteString.copyFromUtf8(InputText.read("--input", given)))
        .build();
  }
}
