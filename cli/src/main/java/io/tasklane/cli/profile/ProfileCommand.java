package io.tasklane.cli.profile;

import picocli.CommandLine.Command;

/** The noun under which the verbs of profiles stand. */
@Command(
    name = "profile",
    description = {
      "Name servers, and keep the token for each.",
      "",
      "A command talks to the first of these: --server, the server of --profile, $TASKLANE_SERVER,"
          + " the server of $TASKLANE_PROFILE, that of the profile in use, 127.0.0.1:9090.",
      "It sends the token of --profile, else $TASKLANE_TOKEN, else that of the profile. The token"
          + " of a profile goes to the server of that profile alone.",
      "Profiles are in ~/.config/tasklane/config.yaml, or under $XDG_CONFIG_HOME."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ProfileList.class,
      ProfileGet.class,
      ProfileSet.class,
      ProfileUse.class,
      ProfileDelete.class
    })
public final class ProfileCommand {}
