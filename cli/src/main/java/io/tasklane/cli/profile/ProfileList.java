package io.tasklane.cli.profile;

import picocli.CommandLine.Command;

/** {@code tasklane profile list}. */
@Command(
    name = "list",
    description = "List all profiles.",
    footer = {"", "Example: tasklane profile list"},
    mixinStandardHelpOptions = true)
final class ProfileList extends ProfileVerb {
  @Override
  void run(ProfileFile file) {
    new ProfileView(out(), global().output()).many(file.read());
  }
}
