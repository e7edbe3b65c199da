package io.tasklane.cli.task;

import com.google.protobuf.ByteString;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.FileFault;
import io.tasklane.v1.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The input of a task as people give it: JSON on the command line, or "@" and a file of it. */
public final class TaskInput {
  private TaskInput() {}

  /**
   * The input to send; its JSON is checked by the server.
   *
   * @throws CommandFailure naming the file that cannot be read
   */
  public static Payload read(String given) {
    ByteString body =
        given.startsWith("@") ? file(given.substring(1)) : ByteString.copyFromUtf8(given);
    return Payload.newBuilder().setContentType("application/json").setInline(body).build();
  }

  private static ByteString file(String given) {
    Path path = path(given);
    try {
      return ByteString.copyFrom(Files.readAllBytes(path));
    } catch (IOException e) {
      throw refused(given, FileFault.words(path, e));
    }
  }

  private static Path path(String given) {
    try {
      return Path.of(given);
    } catch (InvalidPathException e) {
      throw refused(given, "this is no name of a file");
    }
  }

  private static CommandFailure refused(String given, String why) {
    return new CommandFailure(ExitCode.USAGE, "--input @" + given + ": " + why);
  }
}
