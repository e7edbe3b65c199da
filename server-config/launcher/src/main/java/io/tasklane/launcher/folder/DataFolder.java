package io.tasklane.launcher.folder;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lasting data folder: what is in it survives restarts and crashes; {@code run} and {@code
 * logs} may be deleted while no server uses it.
 *
 * @param root the folder itself, absolute
 */
public record DataFolder(Path root) {

  /** Makes the folder and its parts, or says why that is not possible. */
  public void create() throws CannotStart {
    try {
      Files.createDirectories(run());
      Files.createDirectories(logs());
    } catch (IOException refused) {
      throw new CannotStart(
          "the data folder "
              + root
              + " cannot be written ("
              + refused
              + "); choose another: --data");
    }
  }

  /** PostgreSQL's data. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** The application's database password, readable by its owner only. */
  public Path databasePassword() {
    return root.resolve("postgres.password");
  }

  /** The broker's journal. */
  public Path broker() {
    return root.resolve("artemis");
  }

  /** What describes the running processes; nothing lasting. */
  public Path run() {
    return root.resolve("run");
  }

  /** One log file for each part. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of one part. */
  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  /** Where one part's process works; made anew for each of its starts. */
  public Path work(String part) {
    return run().resolve(part);
  }

  /** Held locked by the server that uses this folder. */
  public Path lock() {
    return root.resolve("launcher.lock");
  }
}
