package io.tasklane.launcher.folder;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The lasting data folder: what is in it survives restarts and crashes; {@code run} and the logs
 * may be deleted while no server uses it.
 *
 * @param given the folder as it was given, for messages; it may be relative
 * @param logsGiven the folder of the logs as it was given; empty: {@code logs} in the data folder
 */
public record DataFolder(Path given, Optional<Path> logsGiven) {

  /** A data folder that has its logs in itself. */
  public DataFolder(Path given) {
    this(given, Optional.empty());
  }

  /** The folder itself, absolute. */
  public Path root() {
    return given.toAbsolutePath().normalize();
  }

  /** A path in this folder as a message names it: as relative as the folder was given. */
  public Path shown(Path inside) {
    return inside.startsWith(root()) ? given.resolve(root().relativize(inside)) : inside;
  }

  /** The folder as it was given. */
  @Override
  public String toString() {
    return given.toString();
  }

  /** Makes the folder and its parts, or says why that is not possible. */
  public void create() throws CannotStart {
    try {
      Files.createDirectories(run());
      Files.createDirectories(logs());
    } catch (IOException refused) {
      throw new CannotStart(
          "the data folder "
              + given
              + " cannot be written ("
              + refused
              + "); choose another: --data");
    }
  }

  /** PostgreSQL's data. */
  public Path postgres() {
    return root().resolve("postgres");
  }

  /** The application's database password, readable by its owner only. */
  public Path databasePassword() {
    return root().resolve("postgres.password");
  }

  /** The broker's journal. */
  public Path broker() {
    return root().resolve("artemis");
  }

  /** What describes the running processes; nothing lasting. */
  public Path run() {
    return root().resolve("run");
  }

  /** One log file for each component; absolute. */
  public Path logs() {
    return logsGiven.map(logs -> logs.toAbsolutePath().normalize()).orElse(root().resolve("logs"));
  }

  /** The folder of the logs as a message names it. */
  public Path logsShown() {
    return logsGiven.orElse(given.resolve("logs"));
  }

  /** The log of one component. */
  public Path log(String component) {
    return logs().resolve(component + ".log");
  }

  /** Where one component's process works; made anew for each of its starts. */
  public Path work(String component) {
    return run().resolve(component);
  }

  /** Held locked by the server that uses this folder. */
  public Path lock() {
    return root().resolve("launcher.lock");
  }
}
