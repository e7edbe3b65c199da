package io.tasklane.cli.profile;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tasklane profile delete}. */
@Command(
    name = "delete",
    description = "Delete a profile and its token.",
    footer = {"", "Example: tasklane profile delete paper"},
    mixinStandardHelpOptions = true)
final class ProfileDelete extends ProfileVerb {
  @Parameters(paramLabel = "NAME", description = "For example paper.")
  private String name;

  @Override
  void run(ProfileFile file) {
    Profiles profiles = file.read();
    require(name, profiles, file);
    file.write(profiles.without(name));
    if (global().output().isData()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("deleted", name);
      out().println(global().output().document(answer));
    } else {
      out().println("deleted " + name);
    }
  }
}
