package io.tasklane.cli.profile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane profile use}. */
@Command(
    name = "use",
    description = "Talk to the server of this profile from now on, where nothing names another.",
    footer = {"", "Example: tasklane profile use paper"},
    mixinStandardHelpOptions = true)
final class ProfileUse extends ProfileVerb {
  @Parameters(paramLabel = "NAME", description = "For example paper.")
  private String name;

  @Override
  void run(ProfileFile file) {
    Profiles profiles = file.read();
    require(name, profiles, file);
    Profiles now = profiles.using(name);
    file.write(now);
    new ProfileView(out(), global().output()).one(name, now);
  }
}
