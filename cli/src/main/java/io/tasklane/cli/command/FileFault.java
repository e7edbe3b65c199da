package io.tasklane.cli.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file cannot be read, in the words of a user. */
public final class FileFault {
  private FileFault() {}

  /** What is wrong with this file, such as "there is no such file". */
  public static String words(Path file, IOException failure) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "you may not read it";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return failure.getMessage() == null ? "it cannot be read" : failure.getMessage();
  }
}
