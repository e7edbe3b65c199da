package io.tasklane.cli.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What people give in place of a text: "@" and a file that holds it, or "-" for standard input. */
public final class InputText {
  private InputText() {}

  /**
   * The text that is meant.
   *
   * @param option the option that it was given with, for the message
   * @param given "-", "@FILE", or the text itself
   * @throws CommandFailure USAGE naming the file that cannot be read
   */
  public static String read(String option, String given) {
    if (given.equals("-")) {
      return standardInput(option);
    }
    return given.startsWith("@") ? file(option + " @", given.substring(1)) : given;
  }

  /**
   * The text of a file.
   *
   * @param option the option that it was given with, for the message
   * @param file its path, or "-" for standard input
   * @throws CommandFailure USAGE naming the file that cannot be read
   */
  public static String readFile(String option, String file) {
    return file.equals("-") ? standardInput(option) : file(option + " ", file);
  }

  private static String standardInput(String option) {
    try {
      String text = utf8(System.in.readAllBytes());
      if (text.isEmpty()) {
        throw refused(option + " -", "standard input is empty, or another option has read it");
      }
      return text;
    } catch (CharacterCodingException other) {
      throw refused(option + " -", "it is not UTF-8");
    } catch (IOException failed) {
      throw refused(option + " -", "standard input cannot be read: " + failed.getMessage());
    }
  }

  private static String file(String prefix, String given) {
    Path path;
    try {
      path = Path.of(given);
    } catch (InvalidPathException none) {
      throw refused(prefix + given, "this is no name of a file");
    }
    try {
      return utf8(Files.readAllBytes(path));
    } catch (CharacterCodingException other) {
      throw refused(prefix + given, "it is not UTF-8");
    } catch (IOException failed) {
      throw refused(prefix + given, FileFault.words(path, failed));
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static CommandFailure refused(String what, String why) {
    return new CommandFailure(ExitCode.USAGE, what + ": " + why);
  }
}
