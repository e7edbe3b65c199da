package io.tasklane.cli.profile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane profile get}. */
@Command(
    name = "get",
    description = "Show a profile, without its token.",
    footer = {"", "Example: tasklane profile get paper"},
    mixinStandardHelpOptions = true)
final class ProfileGet extends ProfileVerb {
  @Parameters(paramLabel = "NAME", description = "For example paper.")
  private String name;

  @Override
  void run(ProfileFile file) {
    Profiles profiles = file.read();
    require(name, profiles, file);
    new ProfileView(out(), global().output()).one(name, profiles);
  }
}
