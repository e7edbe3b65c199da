package io.tasklane.cli.command;

import io.tasklane.cli.output.OutputFormat;
import java.util.Optional;

/** Options that hold for every command; the root command has them. */
public interface GlobalOptions {
  /** Address of the server, HOST:PORT. */
  String server();

  /** What --server says, empty where it was not given. */
  Optional<String> givenServer();

  /** What the server knows the user by; empty where no token belongs to this server. */
  Optional<String> token();

  /**
   * Looks into the environment.
   *
   * @param name of a variable of the shell
   * @return its value, empty where it is unset or blank
   */
  Optional<String> variable(String name);

  /** How answers are printed. */
  OutputFormat output();
}
