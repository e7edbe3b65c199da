package io.tasklane.cli.calendar;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.InputText;
import io.tasklane.v1.Calendar;
import java.nio.file.Path;

/** A calendar in a file of JSON. */
final class CalendarFile {
  private CalendarFile() {}

  /**
   * The calendar, without its name.
   *
   * @throws CommandFailure naming the file and what is wrong with it
   */
  static Calendar.Builder read(Path file) {
    Calendar.Builder calendar = Calendar.newBuilder();
    try {
      JsonFormat.parser().merge(InputText.readFile("--file", file.toString()), calendar);
    } catch (InvalidProtocolBufferException wrong) {
      throw refused(file, wrong.getMessage());
    }
    return calendar.clearName().clearSessions();
  }

  private static CommandFailure refused(Path file, String why) {
    return new CommandFailure(ExitCode.USAGE, "--file " + file + ": " + why);
  }
}
