package io.tasklane.cli.profile;

import io.tasklane.cli.command.Address;
import io.tasklane.cli.command.InputText;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane profile set}: creates a profile, or changes what is given. */
@Command(
    name = "set",
    description = {
      "Create a profile, or change its server or token.",
      "The address is that of --server. The file is readable for its owner alone."
    },
    footer = {
      "",
      "Example: tasklane profile set paper --server 127.0.0.1:9090 " + "--token @token.txt"
    },
    mixinStandardHelpOptions = true)
final class ProfileSet extends ProfileVerb {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

  @Parameters(paramLabel = "NAME", description = "For example paper.")
  private String name;

  @Option(
      names = "--token",
      paramLabel = "@FILE|-",
      description = {
        "What the server knows you by: @ and a file that holds it, or - for standard input.",
        "Never the token itself, which others could read in the list of processes."
      })
  private String token;

  @Option(names = "--no-token", description = "Forget the token.")
  private boolean noToken;

  @Override
  void run(ProfileFile file) {
    if (!NAME.matcher(name).matches()) {
      throw usage("\"" + name + "\" is no name: letters, digits and . _ -, at most 63");
    }
    if (token != null && noToken) {
      throw usage("give only one of --token and --no-token");
    }
    Profiles profiles = file.read();
    Optional<Profile> before = profiles.find(name);
    String server =
        global()
            .givenServer()
            .or(() -> before.map(Profile::server))
            .orElseThrow(() -> usage("a new profile needs --server HOST:PORT"));
    Optional<String> kept = noToken ? Optional.empty() : before.flatMap(Profile::token);
    Profile profile =
        new Profile(Address.require(server), token == null ? kept : Optional.of(secret(token)));
    Profiles now = profiles.with(name, profile);
    file.write(now);
    new ProfileView(out(), global().output()).one(name, now);
  }

  /** The token that is meant; what was given instead of a place is not repeated. */
  private String secret(String given) {
    if (!given.equals("-") && !given.startsWith("@")) {
      throw usage("--token takes @ and a file, or - for standard input, not the token itself");
    }
    String read = InputText.read("--token", given).strip();
    if (!TOKEN.matcher(read).matches()) {
      throw usage("--token " + given + " holds no token: 1 to 4096 printable ASCII characters");
    }
    return read;
  }
}
