package io.tasklane.cli.task;

import com.google.protobuf.ByteString;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.v1.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The input of a task as people give it: JSON on the command line, or "@" and a file of it. */
public final class TaskInput {
  private TaskInput() {}

  /**
   * Reads it.
   *
   * @throws CommandFailure naming the file that cannot be read
   */
  public static Payload read(String given) {
    ByteString body =
        given.startsWith("@") ? file(Path.of(given.substring(1))) : ByteString.copyFromUtf8(given);
    return Payload.newBuilder().setContentType("application/json").setInline(body).build();
  }

  private static ByteString file(Path path) {
    try {
      return ByteString.copyFrom(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--input @" + path + ": the file cannot be read (" + e + ")");
    }
  }
}
