package io.tasklane.cli.profile;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.FileFault;
import io.tasklane.cli.command.GlobalOptions;
import io.tasklane.cli.yaml.YamlFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file of profiles, {@code ~/.config/tasklane/config.yaml}, or the same under {@code
 * $XDG_CONFIG_HOME}. Only its owner may read what this writes.
 */
final class ProfileFile {
  private final Optional<Path> path;

  private ProfileFile(Optional<Path> path) {
    this.path = path;
  }

  /** The file of the user whose shell this is. */
  static ProfileFile of(GlobalOptions global) {
    return new ProfileFile(
        global
            .variable("XDG_CONFIG_HOME")
            .map(Path::of)
            .or(() -> global.variable("HOME").map(home -> Path.of(home, ".config")))
            .map(folder -> folder.resolve("tasklane").resolve("config.yaml")));
  }

  /** Where it is, for people. */
  @Override
  public String toString() {
    return path.map(Path::toString).orElse("$HOME/.config/tasklane/config.yaml");
  }

  /**
   * What it says; nothing if it is not there.
   *
   * @throws CommandFailure USAGE with the line at fault
   */
  Profiles read() {
    if (path.isEmpty()) {
      return Profiles.NONE;
    }
    try {
      return ProfileText.read(Files.readString(path.get()));
    } catch (NoSuchFileException none) {
      return Profiles.NONE;
    } catch (YamlFault fault) {
      throw refused(ExitCode.USAGE, fault.getMessage());
    } catch (CharacterCodingException other) {
      throw refused(ExitCode.USAGE, "it is not UTF-8");
    } catch (IOException unreadable) {
      throw refused(ExitCode.ERROR, FileFault.words(path.get(), unreadable));
    }
  }

  /** Writes it anew, in one step: whoever reads sees the old text or the new one. */
  void write(Profiles profiles) {
    Path file =
        path.orElseThrow(
            () -> new CommandFailure(ExitCode.ERROR, "HOME is not set: no place for profiles"));
    try {
      Files.createDirectories(file.getParent(), permissions(file, "rwx------"));
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path fresh =
          Files.createTempFile(
              target.getParent(), ".config", ".yaml", permissions(file, "rw-------"));
      try {
        Files.writeString(fresh, ProfileText.of(profiles));
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failed) {
      throw refused(ExitCode.ERROR, "it cannot be written: " + FileFault.words(file, failed));
    }
  }

  private static FileAttribute<?>[] permissions(Path file, String owner) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))
        }
        : new FileAttribute<?>[0];
  }

  private CommandFailure refused(ExitCode code, String why) {
    return new CommandFailure(code, this + ": " + why);
  }
}
