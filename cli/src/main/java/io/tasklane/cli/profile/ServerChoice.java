package io.tasklane.cli.profile;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.GlobalOptions;
import java.util.Optional;

/**
 * Which server a command talks to, and with which token. In this order: {@code --server}, {@code
 * --profile}, {@code $TASKLANE_SERVER} and {@code $TASKLANE_TOKEN}, {@code $TASKLANE_PROFILE}, the
 * profile in use. The token of a profile goes to the server of that profile alone.
 *
 * @param server "HOST:PORT"
 * @param token empty if none is known for this server
 */
public record ServerChoice(String server, Optional<String> token) {
  /**
   * The server to talk to: what is said most directly counts.
   *
   * @param global what the command line and the shell say
   * @param named what {@code --profile} says
   * @param usual the server where nothing names another
   * @throws CommandFailure USAGE for a profile that is not there
   */
  public static ServerChoice of(GlobalOptions global, Optional<String> named, String usual) {
    ProfileFile file = ProfileFile.of(global);
    Profiles profiles = file.read();
    Optional<Profile> given = named.map(name -> require("--profile", name, profiles, file));
    Optional<Profile> standing =
        global
            .variable("TASKLANE_PROFILE")
            .map(name -> require("$TASKLANE_PROFILE", name, profiles, file))
            .or(() -> profiles.used().flatMap(profiles::find));
    String server =
        global
            .givenServer()
            .or(() -> given.map(Profile::server))
            .or(() -> global.variable("TASKLANE_SERVER"))
            .or(() -> standing.map(Profile::server))
            .orElse(usual);
    Optional<String> token =
        tokenFor(server, given)
            .or(() -> global.variable("TASKLANE_TOKEN"))
            .or(() -> given.isPresent() ? Optional.empty() : tokenFor(server, standing));
    return new ServerChoice(server, token);
  }

  private static Optional<String> tokenFor(String server, Optional<Profile> profile) {
    return profile.filter(one -> one.server().equals(server)).flatMap(Profile::token);
  }

  private static Profile require(String source, String name, Profiles profiles, ProfileFile file) {
    return profiles
        .find(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    source
                        + " "
                        + name
                        + ": there is no such profile in "
                        + file
                        + "\n  `tasklane profile list` shows those there are,"
                        + " `tasklane profile set` makes one"));
  }
}
